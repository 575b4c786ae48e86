import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { newDatabase } from '../../../test/support/engine.ts'
import type { RecordFilter, RecordSort } from '../../domain/records.ts'
import { request } from '../contract/example-store.ts'
import { filters, pairs, sorts } from '../contract/filter-examples.ts'
import type { ReadableDatabase } from '../database.ts'
import { readEvents } from '../events.ts'
import { geocodingReads } from '../records/geocoding.ts'
import { listRecords } from '../records/list.ts'
import type { RecordTable } from '../records/rows.ts'
import { sortKeys } from '../schema.ts'
import { visitPages } from '../visits/pages.ts'
import { connectionOptions, kyselyOver, type Ran, runOn } from './connection.ts'
import { postgresDialect } from './dialect.ts'
import { numbered } from './statements.ts'

const visitsCount = 300_000
const eventsCount = 100_000
const recordsCount = 30_000
const account = 1
/** Executions of a prepared statement before PostgreSQL may use a generic plan. */
const runsBefore = 5

let client: pg.Client

const run = async (text: string) => void (await client.query(text))

/** Fills a table, creates its indexes afterwards, then analyzes it as autovacuum does. */
async function fill(table: string, columns: string, select: string): Promise<void> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select indexname as name, indexdef as definition from pg_indexes
     where tablename = '${table}' and indexname not like '%_pkey'
       and '${table}' <> 'visit_events'`,
  )
  for (const { name } of rows) await run(`drop index ${name}`)
  await run(`insert into ${table} (${columns}) ${select}`)
  for (const { definition } of rows) await run(definition)
  await run(`vacuum analyze ${table}`)
}

beforeAll(async () => {
  client = new pg.Client({ ...connectionOptions(await newDatabase(), 0), query_timeout: 0 })
  await client.connect()
  await run(`set synchronous_commit = off; set maintenance_work_mem = '128MB'`)
  await run(`insert into accounts (account_id, id, name, currency, time_format, timezone,
      next_user_id, created_at, updated_at)
    values (${account}, 1, 'Large', 'EUR', '24H', 'UTC', 1, 0, 0)`)
  await run(`insert into account_stream (account_id, head) values (${account}, ${eventsCount})`)
  await run(`insert into users (account_id, id, name, email, email_key, status, invited, confirmed,
      role, roles, reports_to, created_at, updated_at, identity_type)
    select ${account}, n, 'Rep', n || '@a.example', n || '@a.example', 'active', 0, 1, 'user', '[]',
      10 + (n - 10) / 4, 0, 0, 'person' from generate_series(11, 211) n`)
  await fill(
    'visits',
    `account_id, id, creator_id, outcome_id, status, resource_kind, owner_id, visited_at, item,
     resource_id, resource_type, sequence, created_at, updated_at, reason, flags, review`,
    `select ${account}, n, 11 + n % 200, nullif(50 + n % 6, 50), n % 4, n % 2, 11 + (n / 7) % 200,
       1700000000000 + (n * 7919) % 31536000000,
       '{"data":{"id":' || n || ',"summary":"' || repeat('x', 200) || '"},"meta":{"type":"visit"}}',
       901 + n % ${recordsCount}, n % 2, 1, 1700000000000 + n, 1700000000000 + n,
       n % 12, case when n % 40 = 0 then 1 << cast(n % 8 as integer) else 0 end,
       case when n % 10 = 0 then n % 3 end
     from generate_series(1::bigint, ${visitsCount}) n`,
  )
  await fill(
    'visit_events',
    'account_id, "offset", visit_id, sequence, appended_at, body',
    `select ${account}, n, n, 1, 1700000000000 + n, '{"data":{"id":' || n || '}}'
     from generate_series(1, ${eventsCount}) n`,
  )
  for (const table of ['leads', 'contacts']) {
    await fill(
      table,
      `account_id, id, owner_id, attributes, created_at, updated_at, creator_id, source_id,
       contact_id, is_organization, first_name, last_name, name, status, email_key, phone, mobile,
       city, postal_code, state, country, latitude, longitude, location_precision`,
      `select ${account}, n, 11 + n % 200, '{}', n * 7, n * 11, 11 + n % 50, n % 5, n % 1000, n % 2,
         'first' || n % 900, 'last' || n % 7000, 'name' || n % 9000, 'status' || n % 6,
         n || '@b.example', 'phone' || n, 'mobile' || n, 'city' || n % 300, 'code' || n % 2000,
         'state' || n % 20, 'country' || n % 3, case when n % 3 > 0 then 50.9 end,
         case when n % 3 > 0 then 6.9 end, case n % 3 when 1 then 'rooftop' when 2 then 'city' end
       from generate_series(1::bigint, ${recordsCount}) n`,
    )
  }
})

afterAll(() => client.end())

interface Node {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly Plans?: readonly this[]
}

/** A node of a plan that has been run. */
interface RunNode extends Node {
  readonly 'Actual Rows': number
  readonly 'Actual Loops': number
  readonly 'Rows Removed by Filter'?: number
}

const nodesOf = <Of extends Node>(node: Of): Of[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)]

const databaseOver = (
  runs: (text: string, values: unknown[]) => Promise<Ran>,
): ReadableDatabase => ({
  db: kyselyOver((text, values) => runs(text, [...values])),
  dialect: postgresDialect,
  async query(text, values) {
    const statement = numbered(text, values)
    return (await runs(statement.text, statement.values)).rows
  },
  async [Symbol.asyncDispose]() {},
})

/** Tables that the statements of a read scan from end to end, planned as after many executions. */
async function scannedBy(
  read: (database: ReadableDatabase) => Promise<unknown>,
): Promise<string[]> {
  const scanned: string[] = []
  const explain = async (text: string, values: unknown[]): Promise<Ran> => {
    await run(`deallocate all`)
    const types = values.map(() => 'unknown')
    await run(`prepare read ${types.length > 0 ? `(${types.join(', ')})` : ''} as ${text}`)
    const given = values.map((value) => pg.escapeLiteral(String(value))).join(', ')
    const execute = `execute read${given === '' ? '' : `(${given})`}`
    for (let runs = 0; runs < runsBefore; runs++) await run(execute)
    const { rows } = await client.query<{ 'QUERY PLAN': readonly { Plan: Node }[] }>(
      `explain (format json) ${execute}`,
    )
    for (const node of rows[0]?.['QUERY PLAN'].flatMap(({ Plan }) => nodesOf(Plan)) ?? []) {
      const table = node['Relation Name'] ?? ''
      const isLarge = /^(visits|visit_events.*|leads|contacts)$/.test(table)
      if (node['Node Type'] === 'Seq Scan' && isLarge) scanned.push(`${table} by ${text}`)
    }
    return runOn(client, text, values, false)
  }
  await read(databaseOver(explain))
  return scanned
}

it('reads no list of visits from end to end, whatever the filters, the sort and the viewer', async () => {
  const viewers = [
    { userId: 1, isAdmin: true },
    { userId: 12, isAdmin: false },
  ]
  for (const viewer of viewers) {
    const orders = viewer.isAdmin ? sorts : sorts.filter(({ descending }) => descending)
    const all = filters.flatMap((filter) => orders.map((sort) => ({ filter, sort })))
    const some = pairs
      .filter((_, at) => at % 4 === 0)
      .map((filter) => ({ filter, sort: request().sort }))
    for (const list of viewer.isAdmin ? [...all, ...some] : all) {
      const given = request({ ...list, viewer, limit: 25 })
      expect(await scannedBy((database) => visitPages(database).list(account, given))).toEqual([])
    }
  }
})

it('reads no page of the stream from end to end', async () => {
  for (const offset of [0, eventsCount / 2, eventsCount - 1]) {
    const page = { offset, limit: 100 }
    expect(await scannedBy((database) => readEvents(database, account, page))).toEqual([])
  }
})

const recordFilters: readonly RecordFilter[] = [
  {},
  { ids: [1, 2, 3] },
  { email: '7@b.example' },
  { phone: 'phone7' },
  { mobile: 'mobile7' },
  { name: 'name7' },
  { lastName: 'last7' },
  { firstName: 'first7' },
  { postalCode: 'code7' },
  { city: 'city7' },
  { ownerId: 17 },
]
const recordSorts: readonly RecordSort[] = ['id', 'created_at', 'updated_at', 'last_name', 'name']

it.each<RecordTable>(['leads', 'contacts'])(
  'reads no list of %s from end to end',
  async (table) => {
    for (const filter of recordFilters) {
      for (const field of recordSorts) {
        const page = { offset: 0, limit: 25, sort: { field, descending: false } }
        expect(
          await scannedBy((database) => listRecords(database, account, table, filter, page)),
        ).toEqual([])
      }
    }
  },
)

it('reads no list of unplaced records from end to end, of one kind or of both', async () => {
  for (const kind of [undefined, 'lead', 'contact'] as const) {
    for (const offset of [0, 9_900]) {
      for (const descending of [false, true]) {
        const page = { offset, limit: 100, sort: { field: 'id', descending } } as const
        expect(
          await scannedBy((database) =>
            geocodingReads(database).listUnplaced(
              account,
              { kind, reason: undefined, owners: undefined },
              page,
            ),
          ),
        ).toEqual([])
      }
    }
  }
})

/** Rows of a table that the statements of a read look at, whatever they keep of them. */
async function rowsLookedAt(
  table: string,
  read: (database: ReadableDatabase) => Promise<unknown>,
): Promise<number> {
  let count = 0
  const query = async (text: string, values: unknown[]) => {
    const { rows } = await client.query<{ 'QUERY PLAN': readonly { Plan: RunNode }[] }>(
      `explain (analyze, format json) ${text}`,
      values,
    )
    for (const node of rows[0]?.['QUERY PLAN'].flatMap(({ Plan }) => nodesOf(Plan)) ?? []) {
      if (node['Relation Name'] !== table) continue
      const { 'Actual Rows': kept, 'Rows Removed by Filter': removed = 0 } = node
      count += node['Actual Loops'] * (kept + removed)
    }
    return runOn(client, text, values, false)
  }
  await read(databaseOver(query))
  return count
}

it('looks up few former keys for a page of a walk, with statistics from when there were none', async () => {
  const field = sortKeys.indexOf('leads.name')
  const note = (revision: number) =>
    run(`insert into former_keys (account_id, field, id, revision, former_text, changed_at)
      select ${account}, ${field}, n, ${revision}, 'former' || n, 0 from generate_series(1, ${recordsCount}) n`)
  await note(1)
  await run('delete from former_keys; analyze former_keys')
  await note(2)
  await run('update account_stream set revision = 2')

  const limit = 100
  const walk = { generation: 0, revision: 1, key: '', id: 0 }
  const page = { offset: 0, limit, sort: { field: 'name', descending: false }, walk } as const
  const looks = await rowsLookedAt('former_keys', (database) =>
    listRecords(database, account, 'leads', {}, page),
  )
  // Up to 1,000 keys beside the page: counted, in order, and each of both parts looked up once.
  expect(looks).toBeGreaterThan(limit)
  expect(looks).toBeLessThan(5 * (1_000 + limit))
})

it('reports a scan from end to end', async () => {
  const text = 'select count(*) from visits where summary is null'
  expect(await scannedBy((database) => database.query(text, {}))).toHaveLength(1)
})
