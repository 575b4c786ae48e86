import type { AccountKey } from '../../domain/accounts.ts'
import type { Store } from '../../domain/store.ts'
import type { SellApi } from './api-client.ts'
import { toldValues } from './drain.ts'
import type { Plan } from './plan.ts'
import { paramsOf } from './range-walk.ts'
import { matches, type Range } from './ranges.ts'
import { type Order, sellCap } from './walk.ts'

const chunk = 5_000

/** What has been taken in of a range: its ids, rising. */
export type Members = ReadonlyMap<string, readonly number[]>

/** The ids of these ranges' visits that Sell has told of, and not that they are gone. */
export async function findMembers(
  store: Store,
  account: AccountKey,
  ranges: readonly Range[],
): Promise<Members> {
  const members = new Map(ranges.map(({ key }): [string, number[]] => [key, []]))
  for (let after = 0; ;) {
    const told = await store.imports.listTold(account, after, chunk)
    for (const visit of told) {
      if (visit.isGone) continue
      const values = toldValues(visit)
      for (const range of ranges) {
        if (matches(range.filter, values)) members.get(range.key)?.push(visit.id)
      }
    }
    const last = told.at(-1)
    if (!last) return members
    after = last.id
  }
}

/**
 * Whether nothing slipped through while a range was read. The first item of the last page says how
 * many stand before it: as many as have been taken in, or one has been missed. It costs a request
 * for each order that was read, instead of reading the range again.
 */
export async function isInOrder(
  api: SellApi,
  path: string,
  range: Range,
  ids: readonly number[],
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const { pages, perPage } = sellCap
  const shown = pages * perPage
  const lastPage = (count: number): number =>
    Math.min(pages, Math.max(1, Math.ceil(count / perPage)))
  const isTorn = range.phase === 'torn'
  const isRead = async (order: Order, page: number): Promise<boolean> => {
    const { items } = await api.list(path, paramsOf({ filter: range.filter, order, page }), signal)
    const shownIds = items.map(idOf)
    const known = order === 'id:asc' ? ids : ids.toReversed()
    const [first] = shownIds
    if (first === undefined) return known.length <= (page - 1) * perPage
    const expected = known.slice((page - 1) * perPage, page * perPage)
    if (isTorn) return expected[0] === first
    return shownIds.length === expected.length && shownIds.every((id, at) => id === expected[at])
  }
  if (!(await isRead('id:asc', lastPage(Math.min(ids.length, shown))))) return false
  if (ids.length <= shown && !isTorn) return true
  return isRead('id:desc', isTorn ? pages : lastPage(ids.length - shown + perPage))
}

const idOf = (item: unknown): number => {
  if (typeof item !== 'object' || item === null || !('data' in item)) return 0
  const { data } = item
  return typeof data === 'object' && data !== null && 'id' in data ? Number(data.id) : 0
}

/** Ranges that were marked are looked at; those that are not in order begin anew. True: none did. */
export async function auditRanges(
  store: Store,
  account: AccountKey,
  api: SellApi,
  plan: Plan,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const due = plan.due()
  const members = await findMembers(store, account, due)
  let isCalm = true
  for (const range of due) {
    const ids = members.get(range.key) ?? []
    if (await isInOrder(api, '/v2/visits', range, ids, signal)) {
      plan.settle(range.key)
    } else {
      isCalm = false
      plan.restart(range.key)
    }
  }
  return isCalm
}
