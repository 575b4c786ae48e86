import { parseTime } from '../../../domain/clock.ts'
import type { ResourceKind } from '../../../domain/visits.ts'
import { dataOf, idOf, isDeletion, metaOf } from '../api/items.ts'
import { readStream, type StreamEnd } from '../api/stream.ts'
import type { Ledger } from '../ledger.ts'
import type { ImportSellOptions } from '../options.ts'
import type { Listing } from '../ranges/listing.ts'
import { markShifted, streamOf, visitList } from './lists.ts'
import { eventValues, snapshotValues } from './snapshots.ts'

/** Ids that visits name, and the visits that events have named. */
export interface Mentions extends Readonly<Record<ResourceKind, Set<number>>> {
  readonly visits: Set<number>
}

export const newMentions = (): Mentions => ({
  lead: new Set(),
  contact: new Set(),
  visits: new Set(),
})

/**
 * Saves what the stream of visits reports, up to its newest event. Marks the ranges of a listing that
 * an event may have shifted, and notes which ids the events mention.
 */
export async function readChanges(
  ledger: Ledger,
  { api, signal, clock }: ImportSellOptions,
  listing?: Listing,
  mentions?: Mentions,
): Promise<StreamEnd> {
  const from = ledger.progress.position
  if (from === null) return 'top'
  return readStream(api, streamOf(visitList), from, signal, clock, async (page) => {
    const { items, position, isTop, askedAt } = page
    const eventAt = newestTime(items) ?? ledger.progress.eventAt
    for (const item of items) noteMentions(mentions, item)
    await ledger.enter({
      list: 'visits',
      items,
      events: items.length,
      progress: { position, eventAt, ...(isTop && { topAt: askedAt }) },
      before: async (tx) => {
        if (!listing) return
        const snapshots = await tx.imports.findSnapshots(items.map(idOf))
        for (const item of items) {
          const last = snapshots.get(idOf(item))
          markShifted(listing, eventValues, item, last && snapshotValues(last))
        }
        listing.observe(items.filter((item) => !isDeletion(item)).map(toObserved))
      },
      changed: () => listing?.ranges.collectChanged() ?? [],
    })
  })
}

function noteMentions(mentions: Mentions | undefined, item: unknown): void {
  const { resource_id: resourceId, resource_type: type } = dataOf(item)
  const id = Number(resourceId)
  if (Number.isSafeInteger(id)) mentions?.[type === 'lead' ? 'lead' : 'contact'].add(id)
  if (!isDeletion(item)) mentions?.visits.add(idOf(item))
}

function newestTime(items: readonly unknown[]): number | undefined {
  const times = items.flatMap((item) => {
    const { event_time: time } = metaOf(item)
    const at = typeof time === 'string' ? parseTime(time) : undefined
    return at === undefined ? [] : [at]
  })
  return times.length === 0 ? undefined : Math.max(...times)
}

/** An event's visit for the listing: no page has shown it, or not with these values. */
const toObserved = (item: unknown) => ({
  id: idOf(item),
  at: 0,
  values: eventValues(dataOf(item)),
})
