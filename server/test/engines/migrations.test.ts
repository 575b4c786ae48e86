import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import { expect, it } from 'vitest'

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
