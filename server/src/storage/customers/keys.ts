import {
  type CustomerFilter,
  type CustomerKey,
  type CustomerOrder,
  customerSources,
} from '../../domain/customers.ts'
import type { ResourceKind } from '../../domain/visits.ts'
import { queryOnce } from '../bind.ts'
import type { Condition } from '../conditions.ts'
import type { Dialect, Reader } from '../database.ts'
import { teamOf } from '../people/team.ts'
import { chordOf, isInBox, isNear } from '../records/places.ts'
import type { RecordTable } from '../records/rows.ts'
import { resourceKinds, tableOf } from '../schema.ts'

/** How the rows that may match are found. */
export interface Walk {
  readonly order: CustomerOrder
  readonly filter: CustomerFilter
  /** By which index, where a filter leaves few rows; `ids`: by those of its kind. */
  readonly by: 'order' | 'place' | 'owner' | 'ids'
  readonly ids: Readonly<Record<ResourceKind, readonly number[]>>
}

/** A key that is before all others, or after all of its source. */
const idMax = Number.MAX_SAFE_INTEGER

/**
 * An answer counts as older than it is, by so many ms: a change is dated when its writing begins, and
 * is seen when that is done, by the clock of another server maybe.
 */
const changesOverlapMs = 60_000

/** The keys of the first rows after `after` that meet the conditions on the record itself. */
export async function findKeys(
  reader: Reader,
  account: number,
  walk: Walk,
  after: CustomerKey | undefined,
  count: number,
): Promise<CustomerKey[]> {
  const from = after ?? firstKey(walk.filter)
  const found: CustomerKey[] = []
  for (const [source, name] of customerSources.entries()) {
    const isDeleted = source >= resourceKinds.length
    if (isDeleted && walk.filter.changedSince === undefined) continue
    // The rows of a source that stand before the key's with the same value have been read.
    const id = source === from.source ? from.id : source < from.source ? idMax : 0
    const statement = isDeleted
      ? deletedStatement(source - resourceKinds.length)
      : recordStatement(reader.dialect, name === 'lead' ? 'lead' : 'contact', walk)
    const values = { account, at: from.at, id, count, ...statement.values }
    const rows = await queryOnce(reader, statement.text, values)
    found.push(...rows.map((row) => ({ at: Number(row['at']), source, id: Number(row['id']) })))
  }
  return found.toSorted((a, b) => a.at - b.at || a.source - b.source || a.id - b.id).slice(0, count)
}

const firstKey = ({ changedSince }: CustomerFilter): CustomerKey => ({
  at: changedSince === undefined ? -idMax : changedSince - changesOverlapMs,
  source: -1,
  id: 0,
})

const deletedStatement = (kind: number): Condition => ({
  text: `select id, deleted_at "at" from deleted_records
    where account_id = :account and resource_kind = :kind and (deleted_at, id) > (:at, :id)
    order by deleted_at, id limit :count`,
  values: { kind },
})

function recordStatement(dialect: Dialect, kind: ResourceKind, walk: Walk): Condition {
  const table = tableOf(kind)
  const conditions = conditionsOf(dialect, kind, walk)
  const values = Object.assign({}, ...conditions.map((condition) => condition.values))
  const rows = `from ${table} ${indexOf(dialect, table, walk)}
    where account_id = :account ${conditions.map(({ text }) => `and ${text}`).join(' ')}`
  if (walk.order === 'change') {
    const text = `select id, changed_at "at" ${rows} and (changed_at, id) > (:at, :id)
      order by changed_at, id limit :count`
    return { text, values }
  }
  const { near } = walk.filter
  if (!near) throw new Error('there is no place to be near to')
  const chord = chordOf(near, 'near')
  const text = `select id, "at" from (select id, ${chord.text} "at" ${rows}) placed
    where ("at", id) > (:at, :id) order by "at", id limit :count`
  return { text, values: { ...values, ...chord.values } }
}

function conditionsOf(
  dialect: Dialect,
  kind: ResourceKind,
  { filter, by, ids }: Walk,
): Condition[] {
  const { near, box, ownerId, below } = filter
  return [
    ...(near ? [isNear(near, 'near')] : []),
    ...(box ? [isInBox(box, 'box')] : []),
    ...(ownerId === undefined ? [] : [{ text: 'owner_id = :owner', values: { owner: ownerId } }]),
    ...(below === undefined
      ? []
      : [{ text: `owner_id in (${teamOf('below')})`, values: { below } }]),
    ...(by === 'ids'
      ? [{ text: dialect.inJsonList('id', ':ids'), values: { ids: JSON.stringify(ids[kind]) } }]
      : []),
  ]
}

function indexOf(dialect: Dialect, table: RecordTable, { by, order }: Walk): string {
  if (by === 'ids') return dialect.usingPrimaryKey(table)
  if (by === 'owner') return dialect.usingIndex(`${table}_owner`)
  if (by === 'place' || order === 'distance') return dialect.usingIndex(`${table}_place`)
  return dialect.usingIndex(`${table}_changed`)
}
