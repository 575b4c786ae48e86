import { parseTime } from '../../domain/clock.ts'
import type { ResourceKind } from '../../domain/visits.ts'
import { SellRefusal } from './api-client.ts'
import type { Ledger } from './ledger.ts'
import { readRecords } from './record-lists.ts'
import { type ListOptions, noteGaps, readSmallList, smallLists } from './sell-lists.ts'
import { dataOf } from './items.ts'
import { sellCap } from './walk.ts'

/** By so much Sell's clock may differ from ours, and its lists may be late. */
const overlapMs = 3_600_000

/**
 * Takes in what has changed in the lists beside the visits since they were read: outcomes and users
 * as a whole, of leads and contacts those that changed last. What was deleted in Sell stays. Answers
 * why Sell refuses; null: it does not.
 */
export async function refreshLists(
  ledger: Ledger,
  options: ListOptions,
  since: number,
  now: number,
): Promise<string | null> {
  let refusal: string | null = null
  try {
    await readChanges(ledger, options, since - overlapMs)
  } catch (error) {
    // NOTE: visits can be followed all the same.
    if (!(error instanceof SellRefusal)) throw error
    refusal = `Sell's other lists cannot be read for changes: ${error.message}`
  }
  await ledger.note({ progress: { refreshedAt: now } })
  return refusal
}

async function readChanges(ledger: Ledger, options: ListOptions, since: number): Promise<void> {
  for (const { list, path, perPage } of smallLists) {
    await ledger.enter({ list, items: await readSmallList(options, path, perPage) })
    await noteGaps(ledger, list, [])
  }
  for (const kind of ['lead', 'contact'] as const) {
    if (await readNewest(ledger, options, kind, since)) continue
    // NOTE: more have changed than Sell shows in one order.
    await ledger.enter({
      list: `${kind}s`,
      items: [],
      before: (tx) => tx.imports.removeRanges(ledger.current.id, `${kind}s`),
    })
    await readRecords(ledger, options, kind)
  }
}

/** The newest first, down to what has not changed since. False: Sell does not show as many. */
async function readNewest(
  ledger: Ledger,
  { api, signal }: ListOptions,
  kind: ResourceKind,
  since: number,
): Promise<boolean> {
  const { pages, perPage } = sellCap
  for (let page = 1; page <= pages; page++) {
    const params = { sort_by: 'updated_at:desc', page: String(page), per_page: String(perPage) }
    const { items, hasMore } = await api.list(`/v2/${kind}s`, params, signal)
    await ledger.enter({ list: `${kind}s`, items })
    if (items.length < perPage && !hasMore) return true
    const changedAt = parseTime(String(dataOf(items.at(-1))['updated_at']))
    if (changedAt !== undefined && changedAt < since) return true
  }
  return false
}
