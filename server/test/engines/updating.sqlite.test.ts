import { execFileSync } from 'node:child_process'
import { cpSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'

import { expect, it } from 'vitest'

import { migrationsOf } from '../../src/storage/migrations/ledger.ts'
import { doorstep } from '../support/doorstep.ts'
import { temporaryFolder } from '../support/temporary.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
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

/** The commands of the way back in docs/updating.md, up to the start of the server. */
const wayBack =
  /^```sh\n(mv data data\.newer\n.*?)npm start$/ms.exec(
    readFileSync(join(root, 'docs/updating.md'), 'utf8'),
  )?.[1] ?? ''

it('the way back of docs/updating.md restores the store as it was', async () => {
  const newer = storeOfBefore()
  expect(await doorstep(init, newer)).toMatchObject({ status: 0 })
  const folder = temporaryFolder()
  const data = join(folder, 'data')
  cpSync(newer, data, { recursive: true })
  const program = join(root, 'server/bin/doorstep.js')
  const command = `#!/bin/sh\nDATA_DIR='${data}' exec '${process.execPath}' '${program}' "$@"\n`
  writeFileSync(join(folder, 'doorstep'), command, { mode: 0o755 })
  const [name = ''] = backupsIn(data)
  const commands = wayBack.replace(/before-update-\w+\.db/, name)
  execFileSync('sh', ['-e', '-c', commands], { cwd: folder, stdio: 'pipe' })
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
