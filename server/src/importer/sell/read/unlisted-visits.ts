import type { SellSnapshot } from '../../../domain/sell-visits.ts'
import type { SellApi } from '../api/client.ts'
import { idOf } from '../api/items.ts'
import { isRefusal } from '../api/refusals.ts'
import type { Ledger } from '../ledger.ts'
import type { ImportSellOptions } from '../options.ts'
import { sellCap } from '../ranges/walk.ts'
import { type Mentions, newMentions } from './changes.ts'
import { pathOf, visitList } from './lists.ts'
import { readById, recordKinds } from './records.ts'
import { listSnapshots } from './snapshots.ts'

/** Pages are read as long as each has so many of the visits; the others are read one by one. */
const worthwhile = 3

/** Only the stream has sent this visit. So it lacks the address and fractions of a second. */
const isUnlisted = ({ updatedAt, isDeleted, pass }: SellSnapshot): boolean =>
  updatedAt === null && !isDeleted && pass > 0

/** The leads and contacts that visits name, and the visits that only the stream has sent. */
export async function findMentions({ store, account }: ImportSellOptions): Promise<Mentions> {
  const mentions = newMentions()
  for await (const snapshot of listSnapshots(store, account)) {
    if (!snapshot.isDeleted) mentions[snapshot.resourceKind].add(snapshot.resourceId)
    if (isUnlisted(snapshot)) mentions.visits.add(snapshot.id)
  }
  return mentions
}

/** Reads mentioned records that are not here, and visits that only the stream has sent. */
export async function readMentioned(
  ledger: Ledger,
  options: ImportSellOptions,
  mentions: Mentions,
): Promise<void> {
  const { store, account } = options
  for (const kind of recordKinds) {
    const known = await store[`${kind}s`].findKnown(account, [...mentions[kind]])
    await readById(ledger, options, kind, mentions[kind].difference(known))
  }
  await readUnlisted(ledger, options, mentions.visits)
}

/** Reads from the list what only the stream has sent: the newest by the page, others one by one. */
async function readUnlisted(
  ledger: Ledger,
  { store, account, api, signal }: ImportSellOptions,
  ids: Iterable<number>,
): Promise<void> {
  const left = new Map<number, SellSnapshot>()
  for (const id of ids) {
    const [snapshot] = await store.imports.listSnapshots(account, id - 1, 1)
    if (snapshot?.id === id && isUnlisted(snapshot)) left.set(id, snapshot)
  }
  try {
    for (let page = 1; left.size >= worthwhile && page <= sellCap.pages; page++) {
      const params = { sort_by: 'id:desc', page: String(page), per_page: String(sellCap.perPage) }
      const { items } = await api.list(pathOf(visitList), params, signal)
      const found = items.filter((item) => left.delete(idOf(item)))
      await ledger.enter({ list: 'visits', items: found })
      if (found.length < worthwhile) break
    }
    for (const snapshot of left.values()) {
      const { item } = await findListed(api, snapshot, signal)
      if (item !== undefined) await ledger.enter({ list: 'visits', items: [item] })
    }
  } catch (error) {
    // NOTE: the stream's attributes are saved; the next run can read the others.
    if (!isRefusal(error)) throw error
  }
}

interface Found {
  readonly item?: unknown
  /** Sell has shown every visit before its place, so one that was not found is deleted. */
  readonly isCertain: boolean
}

/** Looks for a visit as `searchListed` does. Not certain where Sell refuses. */
export async function findListed(
  api: SellApi,
  visit: Pick<SellSnapshot, 'id' | 'resourceKind' | 'resourceId'>,
  signal: AbortSignal | undefined,
): Promise<Found> {
  try {
    return await searchListed(api, visit, signal)
  } catch (error) {
    if (!isRefusal(error)) throw error
    return { isCertain: false }
  }
}

/** Looks for a visit among those of its lead or contact; its other attributes may have changed. */
export async function searchListed(
  api: SellApi,
  { id, resourceKind, resourceId }: Pick<SellSnapshot, 'id' | 'resourceKind' | 'resourceId'>,
  signal: AbortSignal | undefined,
): Promise<Found> {
  const filter = { resource_type: resourceKind, resource_id: String(resourceId), sort_by: 'id:asc' }
  const perPage = String(sellCap.perPage)
  for (let page = 1; page <= sellCap.pages; page++) {
    const params = { ...filter, page: String(page), per_page: perPage }
    const { items, hasMore } = await api.list(pathOf(visitList), params, signal)
    const item = items.find((each) => idOf(each) === id)
    const isLast = items.length < sellCap.perPage && !hasMore
    const last = items.at(-1)
    if (item !== undefined) return { item, isCertain: true }
    if (last === undefined || idOf(last) > id || isLast) return { isCertain: true }
  }
  return { isCertain: false }
}
