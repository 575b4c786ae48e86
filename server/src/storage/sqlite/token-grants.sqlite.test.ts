import { DatabaseSync } from 'node:sqlite'

import { expect, it } from 'vitest'

import { migrationsOf } from '../migrations/ledger.ts'
import { migrate } from './migrate.ts'

it('gives the grants of an earlier store ids of their own (9.4.1)', () => {
  using database = new DatabaseSync(':memory:')
  const [first] = migrationsOf('sqlite')
  database.exec('create table schema_migrations (name text primary key, applied_at integer)')
  database.exec(first?.text ?? '')
  database.prepare('insert into schema_migrations values (?, 1)').run(first?.name ?? '')
  for (const account of [1, 2, 3]) {
    database.exec(`insert into accounts (account_id, id, name, currency, time_format, timezone,
      created_at, updated_at, next_user_id) values (${account}, 1, '', '', '', '', 1, 1, 1)`)
  }
  const insert = database.prepare(`insert into oauth_refresh_tokens (account_id, hash, client_id,
    user_id, scopes, grant_hash, created_at) values (?, ?, ?, 7, 'read', ?, ?)`)
  insert.run(1, 'a', 3, 'late', 20)
  insert.run(1, 'b', 4, 'early', 10)
  insert.run(2, 'c', 5, 'other', 30)

  migrate(database)

  const grants = database.prepare('select account_id a, id, hash, client_id c from oauth_grants')
  expect(grants.all().map((row) => ({ ...row }))).toEqual([
    { a: 1, id: 1, hash: 'early', c: 4 },
    { a: 1, id: 2, hash: 'late', c: 3 },
    { a: 2, id: 1, hash: 'other', c: 5 },
  ])
  const counters = database.prepare('select next_grant_id n from accounts order by account_id')
  expect(counters.all().map(({ n }) => n)).toEqual([3, 2, 1])
})
