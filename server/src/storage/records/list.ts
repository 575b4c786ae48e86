import { type RawBuilder, type Selectable, sql } from 'kysely'

import type { Page, PageRequest } from '../../domain/pages.ts'
import type { RecordFilter, RecordSort, SalesRecord } from '../../domain/records.ts'
import { bind, inList, place } from '../bind.ts'
import type { Dialect, Reader } from '../database.ts'
import { type RecordTable, toRecord } from './rows.ts'
import type { RecordsTable } from './schema.ts'

/** Filters by column, ordered by how few rows they leave. Each has its index. */
const selective: readonly (readonly [keyof RecordFilter, column: string, index: string])[] = [
  ['email', 'email_key', 'email'],
  ['phone', 'phone', 'phone'],
  ['mobile', 'mobile', 'mobile'],
  ['name', 'name', 'name'],
  ['lastName', 'last_name', 'last_name'],
  ['contactId', 'contact_id', 'contact'],
  ['postalCode', 'postal_code', 'postal_code'],
  ['firstName', 'first_name', 'first_name'],
  ['ownerId', 'owner_id', 'owner'],
  ['city', 'city', 'city'],
]

/** Filters that are checked row by row, mostly in the index that is walked. */
const residual: readonly (readonly [keyof RecordFilter, string])[] = [
  ['status', 'status'],
  ['sourceId', 'source_id'],
  ['creatorId', 'creator_id'],
  ['isOrganization', 'is_organization'],
  ['state', 'state'],
  ['country', 'country'],
]

export async function listRecords(
  reader: Reader,
  account: number,
  table: RecordTable,
  filter: RecordFilter,
  page: PageRequest<RecordSort>,
): Promise<Page<SalesRecord>> {
  const { limit } = page
  const rows = await selectRecords(reader, account, table, filter, { ...page, limit: limit + 1 })
  return { rows: rows.slice(0, limit), hasMore: rows.length > limit }
}

/** Records that the filter finds, by id. */
export const matchRecords = (
  reader: Reader,
  account: number,
  table: RecordTable,
  filter: RecordFilter,
  limit: number,
): Promise<SalesRecord[]> =>
  selectRecords(reader, account, table, filter, {
    offset: 0,
    limit,
    sort: { field: 'id', descending: false },
  })

/** The records whose ids are above `afterId`, by id, at most `limit`. */
export async function listRecordsAfter(
  { db }: Reader,
  account: number,
  table: RecordTable,
  afterId: number,
  limit: number,
): Promise<SalesRecord[]> {
  const rows = await db
    .selectFrom(table)
    .selectAll()
    .where('account_id', '=', account)
    .where('id', '>', afterId)
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(toRecord)
}

/** Reads one range of one index. */
async function selectRecords(
  { db, dialect }: Reader,
  account: number,
  table: RecordTable,
  filter: RecordFilter,
  { sort, limit, offset }: PageRequest<RecordSort>,
): Promise<SalesRecord[]> {
  const direction = sql.raw(sort.descending ? ' desc' : '')
  const order = (sort.field === 'id' ? ['id'] : [sort.field, 'id']).map(
    (column) => sql`${sql.ref(column)}${direction}`,
  )
  const conditions = [sql<boolean>`account_id = ${account}`, ...conditionsOf(dialect, filter)]
  const index = leadingIndex(filter, sort.field)
  const by =
    index === undefined ? dialect.usingPrimaryKey(table) : dialect.usingIndex(`${table}_${index}`)
  const { rows } = await sql<Selectable<RecordsTable>>`
    select * from ${sql.table(table)} ${sql.raw(by)}
    where ${sql.join(conditions, sql` and `)}
    order by ${sql.join(order)} limit ${limit} offset ${offset}`.execute(db)
  return rows.map(toRecord)
}

/** undefined: the primary key. */
function leadingIndex(filter: RecordFilter, sort: RecordSort): string | undefined {
  if (filter.ids) return undefined
  const best = selective.find(([name]) => filter[name] !== undefined)
  if (best) return best[2]
  return sort === 'id' ? undefined : sort
}

function conditionsOf(dialect: Dialect, filter: RecordFilter): RawBuilder<boolean>[] {
  const equalities = [...selective, ...residual].flatMap(([name, column]) => {
    const value = columnValue(name, filter)
    return value === undefined ? [] : [sql<boolean>`${sql.ref(column)} = ${value}`]
  })
  const ids = filter.ids ? [inList(dialect, 'id', filter.ids)] : []
  const fields = Object.entries(filter.customFields ?? {}).map(([name, value]) =>
    bind(dialect.memberIs('custom_fields', place, place), name, value),
  )
  return [...equalities, ...ids, ...fields]
}

function columnValue(name: keyof RecordFilter, filter: RecordFilter): string | number | undefined {
  const value = name === 'email' ? filter.email?.toLowerCase() : filter[name]
  if (typeof value === 'boolean') return Number(value)
  return typeof value === 'string' || typeof value === 'number' ? value : undefined
}
