import type { Page, PageRequest } from '../../domain/pages.ts'
import { bindNamed } from '../bind.ts'
import type { Reader, Values } from '../database.ts'
import type { BoundedList } from './time-bounds.ts'
import {
  continueWalk,
  keyOf,
  readOn,
  walkColumns,
  type WalkState,
  walkTables,
  walkValues,
} from './walk.ts'

interface PageRow extends WalkState {
  readonly walk_key: unknown
  readonly total: number | null
  /** Null in the one row of an empty page. */
  readonly id: number | null
}

/** A page of a list, by its number or by a walk; `values`: those of the list's conditions. */
export const readPageOf = <Row extends { readonly id: number }, Item>(
  reader: Reader,
  account: number,
  list: BoundedList,
  values: Values,
  page: PageRequest<string>,
  toItem: (row: Row) => Item,
): Promise<Page<Item>> =>
  readOn(
    page.walk,
    (walk) => readOnce(reader, account, list, values, { ...page, walk }, toItem),
    ({ rows }) => rows.length === 0,
  )

async function readOnce<Row extends { readonly id: number }, Item>(
  { db, dialect }: Reader,
  account: number,
  bounded: BoundedList,
  values: Values,
  { walk, includeTotal, ...part }: PageRequest<string>,
  toItem: (row: Row) => Item,
): Promise<Page<Item>> {
  const place = walk === 'start' ? undefined : walk
  const list = place ? bounded.behind : bounded.atStart
  const { table, sort, conditions } = list
  const count = `select count(*) from ${table} ${list.ranges[0]?.by ?? ''}
    where ${['account_id = :account', ...conditions].join(' and ')}`
  const direction = sort.descending ? ' desc' : ''
  const statement = bindNamed<Row & PageRow>(
    `with ${walkTables(dialect, list, place)}
     select ${walkColumns}, p.k walk_key, t.*,
       ${includeTotal === true ? `(${count})` : 'null'} total
     from account_stream s left join walked p on 1 = 1
       left join ${table} t on t.account_id = s.account_id and t.id = p.id
     where s.account_id = :account
     order by p.k${direction}, p.id${direction}`,
    { ...values, ...bounded.values, ...walkValues(list, place, part), account },
  )
  const { rows } = await statement.execute(db)
  const found = rows.filter(({ id }) => id !== null)
  const answered = found.slice(0, part.limit)
  const last = answered.at(-1)
  const hasMore = found.length > part.limit
  const [state] = rows
  const total = state?.total ?? undefined
  const page = { rows: answered.map(toItem), hasMore, ...(total !== undefined && { total }) }
  if (walk === undefined || !state) return page
  const end = { hasMore, last: last && { key: keyOf(last.walk_key), id: last.id } }
  return { ...page, ...continueWalk(walk, sort, state, end) }
}
