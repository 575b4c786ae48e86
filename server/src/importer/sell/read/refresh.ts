import { parseTime } from '../../../domain/clock.ts'
import type { ResourceKind } from '../../../domain/visits.ts'
import { dataOf } from '../api/items.ts'
import type { Ledger } from '../ledger.ts'
import type { ImportSellOptions } from '../options.ts'
import { sellCap } from '../ranges/walk.ts'
import { readNamedList } from './named-lists.ts'
import { namedLists } from './named-sources.ts'
import { readRecordChanges, readRecords, recordKinds } from './records.ts'
import { noteGaps, noteUnread, readSmallList } from './small-lists.ts'

/** How much Sell's clock may differ from ours, and its lists may lag. */
const overlapMs = 3_600_000

/**
 * Saves changes of the other lists since each was read: all outcomes and users, and the leads and
 * contacts that have changed. Records deleted in Sell stay. A list that Sell refuses is a gap; when
 * Sell answers again, it is read from where it was.
 */
export async function refreshLists(ledger: Ledger, options: ImportSellOptions): Promise<void> {
  const now = options.clock()
  const { refreshed = {}, refreshedAt } = ledger.progress
  const readAt: Record<string, number> = { ...refreshed }
  for (const list of ['visit_outcomes', 'users'] as const) {
    if (await readSmallList(ledger, options, list)) readAt[list] = now
  }
  for (const list of namedLists) await readNamedList(ledger, options, list)
  for (const kind of recordKinds) {
    const list = `${kind}s`
    const since = refreshed[list] ?? refreshedAt ?? ledger.current.startedAt
    try {
      await readChangesSince(ledger, options, kind, since - overlapMs)
      await noteGaps(ledger, list, 'unread', [])
      readAt[list] = now
    } catch (error) {
      await noteUnread(ledger, list, error)
    }
  }
  await ledger.note({ progress: { refreshedAt: now, refreshed: readAt } })
}

async function readChangesSince(
  ledger: Ledger,
  options: ImportSellOptions,
  kind: ResourceKind,
  since: number,
): Promise<void> {
  if (await readNewest(ledger, options, kind, since)) return
  // NOTE: more have changed than Sell shows in one order.
  const list = `${kind}s`
  await ledger.enter({
    list,
    items: [],
    before: (tx) => tx.imports.removeRanges(ledger.current.id, list),
  })
  await readRecords(ledger, options, kind)
  await readRecordChanges(ledger, options)
}

/** Reads the newest first, back to `since`. False: Sell does not show so many. */
async function readNewest(
  ledger: Ledger,
  { api, signal }: ImportSellOptions,
  kind: ResourceKind,
  since: number,
): Promise<boolean> {
  const { pages, perPage } = sellCap
  for (let page = 1; page <= pages; page++) {
    const params = { sort_by: 'updated_at:desc', page: String(page), per_page: String(perPage) }
    const { items, hasMore } = await api.list(`/v2/${kind}s`, params, signal)
    await ledger.enter({ list: `${kind}s`, items, isListed: true })
    if (items.length < perPage && !hasMore) return true
    const changedAt = parseTime(String(dataOf(items.at(-1))['updated_at']))
    if (changedAt !== undefined && changedAt < since) return true
  }
  return false
}
