import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { openPostgresStore } from '../../src/storage/postgres/open.ts'
import { dumpingBinaries, select, startPostgres } from '../support/postgres-server.ts'
import { readAfterRestore, answersToKeptAndLost } from '../support/restoring.ts'
import { temporaryFolder } from '../support/temporary.ts'

const database = 'dumped'
const binaries = dumpingBinaries()
if (!binaries) console.log('not run: a restore of a dump, since there is no pg_dump here')

it.skipIf(!binaries)(
  'rejects positions of lost events after a restore from pg_dump and a reset, and accepts all others (5.4)',
  async () => {
    const bin = binaries ?? ''
    await using server = await startPostgres(bin)
    console.log('a dump of PostgreSQL', server.version)
    const url = server.url(database)
    const file = join(temporaryFolder(), 'doorstep.dump')
    const run = (program: string, ...args: string[]) => void execFileSync(join(bin, program), args)
    const create = `create database ${database} template template0 encoding 'UTF8'`
    await select(server.url(), create)
    const answers = await readAfterRestore({
      open: () => openPostgresStore({ url, clock: Date.now }),
      env: { DATABASE_URL: url },
      isBackedUpOpen: true,
      // As docs/backup-and-restore.md says.
      async backUp() {
        run('pg_dump', '--format=custom', `--file=${file}`, url)
        return {
          async restore() {
            await select(server.url(), `drop database ${database}`)
            await select(server.url(), create)
            run('pg_restore', '--no-owner', '--exit-on-error', `--dbname=${url}`, file)
          },
        }
      },
    })
    expect(answers).toEqual({
      atOnce: answersToKeptAndLost,
      later: answersToKeptAndLost,
      readOn: [5, 6, 7],
    })
  },
)
