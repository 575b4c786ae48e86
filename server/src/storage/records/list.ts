import type { Selectable } from 'kysely'

import type { Page, PageRequest } from '../../domain/pages.ts'
import type { TimeBounds } from '../../domain/ranges.ts'
import type { RecordFilter, RecordSort, SalesRecord } from '../../domain/records.ts'
import { bindNamed } from '../bind.ts'
import type { Dialect, Reader, Value, Values } from '../database.ts'
import { readPageOf } from '../walks/read.ts'
import { boundTimes } from '../walks/time-bounds.ts'
import { type RecordTable, toRecord } from './rows.ts'
import type { RecordsTable } from './schema.ts'

type ColumnFilter = Exclude<keyof RecordFilter, keyof TimeBounds | 'ids' | 'customFields'>

/** NOTE: the type makes tsc find a filter that no column is compared with. */
const columnOf: Readonly<Record<ColumnFilter, string>> = {
  email: 'email_key',
  phone: 'phone',
  mobile: 'mobile',
  name: 'name',
  lastName: 'last_name',
  contactId: 'contact_id',
  postalCode: 'postal_code',
  firstName: 'first_name',
  ownerId: 'owner_id',
  city: 'city',
  status: 'status',
  sourceId: 'source_id',
  creatorId: 'creator_id',
  isOrganization: 'is_organization',
  state: 'state',
  country: 'country',
}
const columnFilters = Object.keys(columnOf) as ColumnFilter[]

/**
 * Filters that have an index, ordered by how few rows they leave. The others are checked row by row,
 * mostly in the index that is walked.
 */
const indexed: readonly (readonly [filter: ColumnFilter, index: string])[] = [
  ['email', 'email'],
  ['phone', 'phone'],
  ['mobile', 'mobile'],
  ['name', 'name'],
  ['lastName', 'last_name'],
  ['contactId', 'contact'],
  ['postalCode', 'postal_code'],
  ['firstName', 'first_name'],
  ['ownerId', 'owner'],
  ['city', 'city'],
]

export async function listRecords(
  reader: Reader,
  account: number,
  table: RecordTable,
  filter: RecordFilter,
  page: PageRequest<RecordSort>,
): Promise<Page<SalesRecord>> {
  const { conditions, values } = conditionsOf(reader.dialect, filter)
  const by = hintOf(reader.dialect, table, filter, boundedOr(page.sort.field, filter))
  const list = boundTimes({ table, sort: page.sort, conditions }, by, filter)
  return readPageOf<Selectable<RecordsTable>, SalesRecord>(
    reader,
    account,
    list,
    values,
    page,
    toRecord,
  )
}

/** Part of a walk over what the filter finds, by id. */
export async function walkRecords(
  reader: Reader,
  account: number,
  table: RecordTable,
  filter: RecordFilter,
  afterId: number,
  limit: number,
): Promise<Page<SalesRecord>> {
  const rows = await matchRecords(reader, account, table, filter, limit + 1, afterId)
  return { rows: rows.slice(0, limit), hasMore: rows.length > limit }
}

/** Records that the filter finds whose ids are above `afterId`, by id, at most `limit`. */
export async function matchRecords(
  { db, dialect }: Reader,
  account: number,
  table: RecordTable,
  filter: RecordFilter,
  limit: number,
  afterId = 0,
): Promise<SalesRecord[]> {
  const { conditions, values } = conditionsOf(dialect, filter)
  const where = ['account_id = :account', 'id > :after_id', ...conditions].join(' and ')
  const text = `select * from ${table} ${hintOf(dialect, table, filter, 'id')}
    where ${where} order by id limit :limit`
  const all = { ...values, account, limit, after_id: afterId }
  const statement = bindNamed<Selectable<RecordsTable>>(text, all)
  return (await statement.execute(db)).rows.map(toRecord)
}

/** The column whose index is read where no filter has one. */
function boundedOr(sort: RecordSort, { createdAt, updatedAt }: RecordFilter): RecordSort {
  if (sort === 'created_at' && createdAt) return sort
  return updatedAt ? 'updated_at' : createdAt ? 'created_at' : sort
}

/** Reads one range of one index, or the primary key. */
function hintOf(
  dialect: Dialect,
  table: RecordTable,
  filter: RecordFilter,
  sort: RecordSort,
): string {
  const best = indexed.find(([name]) => filter[name] !== undefined)
  const index = filter.ids ? undefined : (best?.[1] ?? (sort === 'id' ? undefined : sort))
  return index === undefined
    ? dialect.usingPrimaryKey(table)
    : dialect.usingIndex(`${table}_${index}`)
}

interface Conditions {
  readonly conditions: readonly string[]
  readonly values: Values
}

function conditionsOf(dialect: Dialect, filter: RecordFilter): Conditions {
  const conditions: string[] = []
  const values: Record<string, Value> = {}
  for (const name of columnFilters) {
    const value = columnValue(name, filter)
    if (value === undefined) continue
    conditions.push(`${columnOf[name]} = :${name}`)
    values[name] = value
  }
  if (filter.ids) {
    conditions.push(dialect.inJsonList('id', ':ids'))
    values['ids'] = JSON.stringify(filter.ids)
  }
  for (const [at, [name, value]] of Object.entries(filter.customFields ?? {}).entries()) {
    conditions.push(dialect.memberIs('custom_fields', `:field${at}`, `:value${at}`))
    Object.assign(values, { [`field${at}`]: name, [`value${at}`]: value })
  }
  return { conditions, values }
}

function columnValue(name: ColumnFilter, filter: RecordFilter): string | number | undefined {
  const value = name === 'email' ? filter.email?.toLowerCase() : filter[name]
  if (typeof value === 'boolean') return Number(value)
  return typeof value === 'string' || typeof value === 'number' ? value : undefined
}
