import { copyFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import { expect, inject, it } from 'vitest'

import { engine, environmentOf, openStoreOf } from '../support/engine.ts'
import { select } from '../support/postgres-server.ts'
import { type Backup, readAfterRestore, answersToKeptAndLost } from '../support/restoring.ts'
import { temporaryFolder } from '../support/temporary.ts'

/** As docs/backup-and-restore.md says for a file: while the server runs. */
function backUpFile(dataDir: string): Backup {
  const file = join(dataDir, 'doorstep.db')
  const copy = join(dataDir, 'backup.db')
  const database = new DatabaseSync(file)
  database.prepare('vacuum into ?').run(copy)
  database.close()
  return {
    async restore() {
      for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true })
      copyFileSync(copy, file)
    },
  }
}

/**
 * The server's own copy of a database, which nobody may use meanwhile: what a backup of the files takes
 * back. A dump is tested in restore-dump.postgres.test.ts.
 */
async function backUpDatabase(dataDir: string): Promise<Backup> {
  const name = new URL(environmentOf(dataDir)['DATABASE_URL'] ?? '').pathname.slice(1)
  const run = (text: string) => select(inject('postgresUrl'), text)
  await run(`create database ${name}_backup template ${name}`)
  return {
    async restore() {
      await run(`drop database ${name} with (force)`)
      await run(`create database ${name} template ${name}_backup`)
    },
  }
}

const copied =
  engine === 'sqlite' ? 'a copy of the file' : 'a copy that the server makes of its files'

it(`rejects positions of lost events after a restore of ${copied} and a reset, and accepts all others (5.4)`, async () => {
  const dataDir = temporaryFolder()
  const backUp =
    engine === 'sqlite' ? async () => backUpFile(dataDir) : () => backUpDatabase(dataDir)
  const answers = await readAfterRestore({
    open: () => openStoreOf(dataDir),
    env: environmentOf(dataDir),
    backUp,
    isBackedUpOpen: engine === 'sqlite',
  })
  expect(answers).toEqual({
    atOnce: answersToKeptAndLost,
    later: answersToKeptAndLost,
    readOn: [5, 6, 7],
  })
})
