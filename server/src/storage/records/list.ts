import { type Kysely, type RawBuilder, type Selectable, sql } from 'kysely'

import type { PageRequest } from '../../domain/pages.ts'
import type { RecordFilter, RecordSort } from '../../domain/records.ts'
import type { Dialect } from '../database.ts'
import { inList } from '../in-list.ts'
import type { RecordsTable, Schema } from '../schema.ts'

export type RecordTable = 'leads' | 'contacts'

/** Filters by column, those first that leave the fewest rows; each has its index. */
const selective: readonly (readonly [keyof RecordFilter, string, index: string])[] = [
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

/** Filters that are decided row by row, mostly from the index that is walked. */
const residual: readonly (readonly [keyof RecordFilter, string])[] = [
  ['status', 'status'],
  ['sourceId', 'source_id'],
  ['creatorId', 'creator_id'],
  ['isOrganization', 'is_organization'],
  ['state', 'state'],
  ['country', 'country'],
]

/** A page of records, read from one range of one index. */
export async function selectRecords(
  { reader, dialect }: { readonly reader: Kysely<Schema>; readonly dialect: Dialect },
  account: number,
  table: RecordTable,
  filter: RecordFilter,
  { sort, limit, offset }: PageRequest<RecordSort>,
): Promise<Selectable<RecordsTable>[]> {
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
    order by ${sql.join(order)} limit ${limit} offset ${offset}`.execute(reader)
  return rows
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
    customFieldIs(dialect, name, value),
  )
  return [...equalities, ...ids, ...fields]
}

function customFieldIs(dialect: Dialect, name: string, value: string): RawBuilder<boolean> {
  const [before = '', between = '', after = ''] = dialect
    .memberIs('custom_fields', '\0', '\0')
    .split('\0')
  return sql<boolean>`${sql.raw(before)}${name}${sql.raw(between)}${value}${sql.raw(after)}`
}

function columnValue(name: keyof RecordFilter, filter: RecordFilter): string | number | undefined {
  const value = name === 'email' ? filter.email?.toLowerCase() : filter[name]
  if (typeof value === 'boolean') return Number(value)
  return typeof value === 'string' || typeof value === 'number' ? value : undefined
}
