import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import { expect, it } from 'vitest'

import { temporaryFolder } from '../../../test/support/temporary.ts'
import { openStore } from '../store.ts'

const folder = new URL('../migrations/sqlite/', import.meta.url)

/** A store as the versions up to this migration left it. */
function storeUpTo(last: string): { file: string; database: DatabaseSync } {
  const file = join(temporaryFolder(), 'doorstep.db')
  const database = new DatabaseSync(file)
  database.exec('create table schema_migrations (name text primary key, applied_at integer)')
  for (const name of readdirSync(folder).toSorted()) {
    if (name > last) break
    database.exec(readFileSync(new URL(name, folder), 'utf8'))
    database.prepare('insert into schema_migrations values (?, 0)').run(name)
  }
  return { file, database }
}

it('keeps answers for keys, and knows the address of a lead that was saved before', async () => {
  const { file, database } = storeUpTo('0012_import_listed.sql')
  database.exec(
    `insert into accounts (account_id, id, name, currency, time_format, timezone, next_user_id,
       next_token_id, created_at, updated_at) values (1, 1, 'Acme', 'EUR', '24H', 'UTC', 1, 1, 0, 0);
     insert into account_stream values (1, 0, 0, 0, 0, 0);
     insert into leads (account_id, id, attributes, created_at, updated_at)
       values (1, 901, '{"address":{"line1":"A Street 1","city":"Town"}}', 0, 0),
         (1, 902, '{"address":null}', 0, 0);
     insert into idempotency_keys values (1, 11, 'b', 'of b', 200, 'answer b', 2),
       (1, 12, 'b', 'of 12', 200, 'answer 12', 3), (1, 11, 'a', 'of a', 200, 'answer a', 1);`,
  )
  database.close()

  const options = { file, clock: Date.now, purpose: 'writing' } as const
  await using store = openStore({
    ...options,
    onDiskError: (error) => {
      throw error
    },
  })
  await store.write(1, async (tx) => {
    expect(await tx.idempotency.find(11, 'a')).toMatchObject({ body: 'answer a' })
    expect(await tx.idempotency.find(11, 'b')).toMatchObject({ body: 'answer b' })
    expect(await tx.idempotency.find(12, 'b')).toMatchObject({ body: 'answer 12' })
    expect(await tx.leads.findVisited(901)).toMatchObject({ address: 'A Street 1, Town' })
    expect(await tx.leads.findVisited(902)).toMatchObject({ address: null })
    const [lead] = (await tx.leads.find([901])).values()
    if (lead) await tx.leads.save([lead])
    expect(await tx.leads.findVisited(901)).toMatchObject({ address: 'A Street 1, Town' })
    expect(await tx.leads.findVisited(903)).toBeUndefined()
  })
})
