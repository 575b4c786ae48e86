import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import { expect, it } from 'vitest'

import { addAccount } from '../../src/storage/contract/example-store.ts'
import { addWorld } from '../../src/storage/contract/filter-examples.ts'
import { doorstep } from '../support/doorstep.ts'
import { engine, environmentOf, openStoreOf } from '../support/engine.ts'
import { select } from '../support/postgres-server.ts'
import { temporaryFolder } from '../support/temporary.ts'

/** Runs a statement on the store of this folder, past Doorstep. */
async function run(dataDir: string, text: string): Promise<unknown[]> {
  if (engine === 'postgres') return select(environmentOf(dataDir)['DATABASE_URL'] ?? '', text)
  using database = new DatabaseSync(join(dataDir, 'doorstep.db'))
  return database.prepare(text).all()
}

/** A store that records these migrations instead of its own. */
async function storeWith(ledgerChange: string): Promise<string> {
  const dataDir = temporaryFolder()
  await (await openStoreOf(dataDir))[Symbol.asyncDispose]()
  await run(dataDir, ledgerChange)
  return dataDir
}

const ledger = 'select name from schema_migrations order by name'

it.each(['0001_initial.sql', '0001_begin.sql'])(
  'refuses a store of an earlier development version, and leaves it alone (%s)',
  async (first) => {
    const change = `update schema_migrations set name = '${first}' where name like '0001%'`
    const dataDir = await storeWith(change)
    const before = await run(dataDir, ledger)
    const { status, stdout, stderr } = await doorstep(['token', 'list'], dataDir)
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).toContain('created by an earlier development version of Doorstep')
    expect(stderr).toContain('import again')
    expect(before[0]).toEqual({ name: first })
    expect(await run(dataDir, ledger)).toEqual(before)
  },
)

it('refuses a store of a newer version, and leaves it alone', async () => {
  const dataDir = await storeWith(`insert into schema_migrations values ('9999_later.sql', 1)`)
  const before = await run(dataDir, ledger)
  const { status, stdout, stderr } = await doorstep(['token', 'list'], dataDir)
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
  expect(stderr).toContain('written by a newer Doorstep (9999_later.sql). Run that version.')
  expect(await run(dataDir, ledger)).toEqual(before)
})

const undone = [
  ...['kind', 'visited', 'created', 'updated', 'review', 'review_visited'].map(
    (name) => `drop index visits_${name}`,
  ),
  ...['kind', 'visited'].map((name) => `create index visits_${name} on visits (account_id)`),
  'drop index leads_place',
  'drop index contacts_place',
  ...['reason', 'flags', 'review'].map((name) => `alter table visits drop column ${name}`),
  `delete from schema_migrations where name = '0006_visit_filters.sql'`,
]

it('fills what visits are filtered by, where visits were there before (4.5)', async () => {
  const dataDir = temporaryFolder()
  const store = await openStoreOf(dataDir)
  const account = await addAccount(store, 'Earlier')
  await addWorld(store, account)
  await store[Symbol.asyncDispose]()
  const evidence = (reason: string, flags: string[]) => JSON.stringify({ reason, flags })
  await run(
    dataDir,
    `update visits set status = 0, evidence = null, review = null where id <> 1000`,
  )
  const visits: [number, number, string | null][] = [
    [1003, 1, null],
    [1006, 0, evidence('within_radius', [])],
    [1009, 2, evidence('borderline', [])],
    [1012, 0, evidence('within_radius', ['impossible_speed', 'self_placed'])],
  ]
  for (const [id, status, text] of visits) {
    const value = text === null ? 'null' : `'${text}'`
    await run(dataDir, `update visits set status = ${status}, evidence = ${value} where id = ${id}`)
  }
  for (const text of undone) await run(dataDir, text)
  await (await openStoreOf(dataDir))[Symbol.asyncDispose]()
  const filled = await run(
    dataDir,
    'select reason, flags, review from visits where id between 1003 and 1015 order by id',
  )
  expect(filled.map((row) => JSON.parse(JSON.stringify(row, stringToNumber)))).toEqual([
    { reason: null, flags: 0, review: 0 },
    { reason: 9, flags: 0, review: null },
    { reason: 11, flags: 0, review: 0 },
    { reason: 9, flags: 129, review: 0 },
    { reason: null, flags: 0, review: null },
  ])
})

it('a store from before there was an audit gets one, and keeps what it has (10.20)', async () => {
  const dataDir = temporaryFolder()
  const init = ['init', '--account', 'Acme', '--email', 'admin@acme.example']
  expect((await doorstep(init, dataDir)).status).toBe(0)
  await run(dataDir, 'drop table audit_entries')
  await run(dataDir, 'alter table accounts drop column next_audit_entry_id')
  await run(dataDir, `delete from schema_migrations where name = '0015_audit.sql'`)

  expect(
    await doorstep(['token', 'create', '--user', 'admin@acme.example'], dataDir),
  ).toMatchObject({ status: 0 })
  const { stdout } = await doorstep(['audit', '--since', '2026-01-01T00:00:00Z', '--json'], dataDir)
  expect(JSON.parse(stdout)).toMatchObject({ id: 1, action: 'token_created', subject_id: 1 })
  expect((await doorstep(['doctor'], dataDir)).status).toBe(0)
})

/** node-postgres answers a BIGINT as text. */
const stringToNumber = (_name: string, value: unknown) =>
  typeof value === 'string' ? Number(value) : value
