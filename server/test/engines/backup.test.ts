import { renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'

import { expect, inject, it, onTestFinished } from 'vitest'

import { doorstep } from '../support/doorstep.ts'
import { engine, environmentOf, openStoreOf } from '../support/engine.ts'
import { select } from '../support/postgres-server.ts'
import { type Backup, readAfterRestore, answersToKeptAndLost } from '../support/restoring.ts'
import { temporaryFolder } from '../support/temporary.ts'

/** As docs/backup-and-restore.md says for a file: while the server runs. */
async function backUpFile(dataDir: string): Promise<Backup> {
  const copy = join(temporaryFolder(), 'backup.db')
  expect(await doorstep(['backup', copy], dataDir)).toMatchObject({ status: 0, stderr: '' })
  return {
    async restore() {
      renameSync(dataDir, `${dataDir}-lost`)
      onTestFinished(() => rmSync(`${dataDir}-lost`, { recursive: true }))
      expect(await doorstep(['restore', copy], dataDir)).toMatchObject({ status: 0, stderr: '' })
    },
  }
}

/**
 * The server's own copy of a database, which nobody may use meanwhile: what a backup of the files takes
 * back. A dump is tested in restore-dump.postgres.long.test.ts.
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
  engine === 'sqlite' ? 'a backup' : 'a copy that the server makes of its files and a reset'

it(`rejects positions of lost events after a restore of ${copied}, and accepts all others (5.4)`, async () => {
  const dataDir = temporaryFolder()
  const backUp = engine === 'sqlite' ? () => backUpFile(dataDir) : () => backUpDatabase(dataDir)
  const answers = await readAfterRestore({
    open: () => openStoreOf(dataDir),
    env: environmentOf(dataDir),
    backUp,
    isBackedUpOpen: engine === 'sqlite',
    isReset: engine === 'sqlite',
  })
  expect(answers).toEqual({
    atOnce: answersToKeptAndLost,
    later: answersToKeptAndLost,
    readOn: [5, 6, 7],
  })
})
