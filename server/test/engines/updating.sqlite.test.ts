import { cpSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import { expect, it } from 'vitest'

import { migrationsOf } from '../../src/storage/migrations/ledger.ts'
import { inPlace, newCheckout, printedCommands, runPrinted } from '../support/documents.ts'
import { doorstep } from '../support/doorstep.ts'
import { temporaryFolder } from '../support/temporary.ts'

const migrations = migrationsOf('sqlite')
const pageBytes = 4096
const last = migrations.at(-1)?.name ?? ''

/** A store of the version before the newest migration. */
function storeOfBefore(): string {
  const dataDir = temporaryFolder()
  using database = new DatabaseSync(join(dataDir, 'doorstep.db'))
  database.exec('pragma journal_mode = wal')
  database.exec('create table schema_migrations (name text primary key, applied_at integer)')
  for (const { name, text } of migrations.slice(0, -1)) {
    database.exec(text)
    database.prepare('insert into schema_migrations values (?, 1)').run(name)
  }
  return dataDir
}

const namesIn = (file: string): unknown[] => {
  using database = new DatabaseSync(file)
  const rows = database.prepare('select name from schema_migrations order by name').all()
  return rows.map(({ name }) => name)
}

const backupsIn = (dataDir: string): string[] =>
  readdirSync(dataDir).filter((name) => name.startsWith('before-update-'))

const init = ['init', '--account', 'Acme', '--email', 'admin@acme.example']

it('a store of an earlier version is backed up before its tables change, once', async () => {
  const dataDir = storeOfBefore()
  const { status, stderr } = await doorstep(init, dataDir)
  expect(status).toBe(0)
  const [name = '', ...others] = backupsIn(dataDir)
  const backup = join(dataDir, name)
  expect(others).toEqual([])
  expect(stderr).toBe(`doorstep: updating the tables; the store as it was is in ${backup}\n`)
  expect(namesIn(backup)).toEqual(migrations.slice(0, -1).map((each) => each.name))
  expect(namesIn(join(dataDir, 'doorstep.db'))).toContain(last)
  expect(statSync(backup).mode & 0o077).toBe(0)

  expect(await doorstep(['user', 'list'], dataDir)).toMatchObject({ status: 0, stderr: '' })
  expect(backupsIn(dataDir)).toHaveLength(1)
})

it('the way back of docs/updating.md restores the store as it was', async () => {
  const newer = storeOfBefore()
  expect(await doorstep(init, newer)).toMatchObject({ status: 0 })
  const folder = temporaryFolder()
  const data = join(folder, 'data')
  cpSync(newer, data, { recursive: true })
  const [name = ''] = backupsIn(data)
  const wayBack = printedCommands('docs/updating.md', 'mv data data.newer')
  // The server would update it again: that of the version before would not.
  const commands = inPlace(wayBack, { 'npm start': 'true' })
  await runPrinted(commands.replace(/before-update-\w+\.db/, name), { cwd: newCheckout(folder) })
  const before = migrations.slice(0, -1).map((each) => each.name)
  expect(namesIn(join(data, 'doorstep.db'))).toEqual(expect.arrayContaining(before))
  // The account that was made with the newer version is not there.
  expect((await doorstep(['account', 'list'], data)).stdout).not.toContain('Acme')
  expect((await doorstep(['account', 'list'], join(folder, 'data.newer'))).stdout).toContain('Acme')
})

it('a store that cannot be backed up is not updated', async () => {
  const dataDir = storeOfBefore()
  const file = join(dataDir, 'doorstep.db')
  {
    using database = new DatabaseSync(file)
    database.exec('create table later (text text)')
    database.exec('insert into later values (hex(randomblob(30000)))')
  }
  // The pages of the last row.
  const bytes = readFileSync(file)
  writeFileSync(file, bytes.fill(0xff, bytes.length - 3 * pageBytes))
  const { status, stderr } = await doorstep(init, dataDir)
  expect(status).toBe(1)
  expect(stderr).not.toContain('updating the tables')
  expect(namesIn(file)).not.toContain(last)
  expect(backupsIn(dataDir)).toEqual([])
})

it('a newer store is refused before anything is written beside it', async () => {
  const dataDir = storeOfBefore()
  {
    using database = new DatabaseSync(join(dataDir, 'doorstep.db'))
    database.exec("insert into schema_migrations values ('9999_later.sql', 1)")
  }
  const { status, stderr } = await doorstep(['user', 'list'], dataDir)
  expect(status).toBe(1)
  expect(stderr).toContain('written by a newer Doorstep (9999_later.sql)')
  expect(backupsIn(dataDir)).toEqual([])
})
