import type { AccountKey } from '../../../domain/accounts.ts'
import type { SellSnapshot } from '../../../domain/imports.ts'
import type { Store } from '../../../domain/store.ts'
import { type SellApi, SellRefusal } from '../api/client.ts'
import { idOf } from '../api/items.ts'
import type { Ledger } from '../ledger.ts'
import { sellCap } from '../plan/walk.ts'
import { type Heard, newHeard } from './changes.ts'

const chunk = 5_000
/** As many of a page's visits must be looked for, or each is asked for alone. */
const worthwhile = 3

export interface ToldOptions {
  readonly store: Store
  readonly account: AccountKey
  readonly api: SellApi
  readonly signal?: AbortSignal | undefined
}

/** What Sell has told of, in order of the ids. */
export async function* listTold(
  { store, account }: Pick<ToldOptions, 'store' | 'account'>,
  after = 0,
): AsyncGenerator<SellSnapshot> {
  for (let from = after; ;) {
    const told = await store.imports.listTold(account, from, chunk)
    yield* told
    const last = told.at(-1)
    if (!last) return
    from = last.id
  }
}

/** What the stream has told and no list: it lacks the address and parts of a second. */
const isUnlisted = ({ updatedAt, isGone, comparison }: SellSnapshot): boolean =>
  updatedAt === null && !isGone && comparison > 0

/** Leads and contacts that visits name, and visits that no list has told. */
export async function survey(options: ToldOptions): Promise<Heard> {
  const heard = newHeard()
  for await (const told of listTold(options)) {
    if (!told.isGone) heard[told.resourceKind].add(told.resourceId)
    if (isUnlisted(told)) heard.visits.add(told.id)
  }
  return heard
}

/** Reads of these visits those that no list has told yet: the newest together, others one by one. */
export async function readUnlisted(
  ledger: Ledger,
  options: ToldOptions,
  ids: Iterable<number>,
): Promise<void> {
  const { store, account, api, signal } = options
  const left = new Map<number, SellSnapshot>()
  for (const id of ids) {
    const [told] = await store.imports.listTold(account, id - 1, 1)
    if (told?.id === id && isUnlisted(told)) left.set(id, told)
  }
  try {
    for (let page = 1; left.size >= worthwhile && page <= sellCap.pages; page++) {
      const params = { sort_by: 'id:desc', page: String(page), per_page: String(sellCap.perPage) }
      const { items } = await api.list('/v2/visits', params, signal)
      const found = items.filter((item) => left.delete(idOf(item)))
      await ledger.enter({ list: 'visits', items: found })
      if (found.length < worthwhile) break
    }
    for (const told of left.values()) {
      const { item } = await findListed(options, told)
      if (item !== undefined) await ledger.enter({ list: 'visits', items: [item] })
    }
  } catch (error) {
    // NOTE: what the stream told is kept; the rest of it can be read by the next run.
    if (!(error instanceof SellRefusal) || error.status === 401) throw error
  }
}

/**
 * Looks for a visit among those of its lead or contact, whatever else of it has changed. `isCertain`: Sell
 * shows all that would stand before it, so that one that was not found is not there.
 */
export async function findListed(
  { api, signal }: Pick<ToldOptions, 'api' | 'signal'>,
  { id, resourceKind, resourceId }: SellSnapshot,
): Promise<{ readonly item?: unknown; readonly isCertain: boolean }> {
  const filter = { resource_type: resourceKind, resource_id: String(resourceId), sort_by: 'id:asc' }
  const perPage = String(sellCap.perPage)
  try {
    for (let page = 1; page <= sellCap.pages; page++) {
      const params = { ...filter, page: String(page), per_page: perPage }
      const { items, hasMore } = await api.list('/v2/visits', params, signal)
      const item = items.find((each) => idOf(each) === id)
      if (item !== undefined) return { item, isCertain: true }
      const last = items.at(-1)
      if (last === undefined || idOf(last) > id) return { isCertain: true }
      if (items.length < sellCap.perPage && !hasMore) return { isCertain: true }
    }
  } catch (error) {
    if (!(error instanceof SellRefusal) || error.status === 401) throw error
  }
  return { isCertain: false }
}
