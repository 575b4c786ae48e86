import { DatabaseSync } from 'node:sqlite'

import { expect, it } from 'vitest'

import { engine, newDatabase } from '../../test/support/engine.ts'
import { select } from '../../test/support/postgres-server.ts'
import { migrate } from './sqlite/migrate.ts'

/** Keys that do not start with the account, and why that is right. */
const exceptions: Readonly<Record<string, string>> = {
  'secrets (name)': 'what the server signs with is of all accounts',
  'sessions (hash)': 'the id in a cookie comes without its account',
  'one_time_codes (hash)': 'a code in a link comes without its account',
  'access_tokens (hash)': 'a bearer token comes without its account',
  'oauth_clients (uid)': 'a client comes without its account',
  ...(engine === 'postgres' && { 'searched (doc_id)': 'the order in which objects were stored' }),
  'schema_migrations (name)': 'of the tables themselves',
}

it('has an account in every table, at the start of every key', async () => {
  const keys = engine === 'sqlite' ? sqliteKeys() : await postgresKeys()
  expect(keys.length).toBeGreaterThan(20)
  const others = keys.filter((key) => !/\(account_id\b/.test(key))
  expect(others.toSorted()).toEqual(Object.keys(exceptions).toSorted())
})

/**
 * Each table's keys as `table (column, column)`, or `table ()` when it has none. The full-text index is
 * SQLite's own; each of its entries has a word that names the account.
 */
function sqliteKeys(): string[] {
  using database = new DatabaseSync(':memory:')
  migrate(database)
  const rows = database
    .prepare(
      `select m.name || ' (' || coalesce((
         select group_concat(name, ', ') from pragma_index_info(l.name)), '') || ')' key
       from sqlite_master m left join pragma_index_list(m.name) l on l."unique" = 1
       where m.type = 'table' and m.name not like 'sqlite_%' and m.name not like 'searched_words%'
         and not exists (select 1 from pragma_table_info(m.name)
           where pk > 0 and type = 'INTEGER' and name = 'account_id' and l.name is null)`,
    )
    .all()
  return rows.map(({ key }) => String(key))
}

async function postgresKeys(): Promise<string[]> {
  const rows = await select(
    await newDatabase(),
    `select t.relname || ' (' || coalesce((
       select string_agg(a.attname, ', ' order by k.n)
       from unnest(i.indkey::int2[]) with ordinality k(column_number, n)
       join pg_attribute a on a.attrelid = t.oid and a.attnum = k.column_number), '') || ')' key
     from pg_class t left join pg_index i on i.indrelid = t.oid and i.indisunique
     where t.relkind in ('r', 'p') and t.relnamespace = 'public'::regnamespace`,
  )
  return rows.map(({ key }) => String(key))
}
