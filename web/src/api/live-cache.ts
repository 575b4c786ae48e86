import type { VisitChangesPage, VisitSnapshot } from '@doorstep/contract/stream'
import type { Visit } from '@doorstep/contract/visits'

import { type CustomerKey, readCustomersAnew } from './customers.ts'
import { atMostEvery } from './live-pauses.ts'
import { renew } from './query-client.ts'
import { dropVisit, isShown, patchVisit, readVisitsAnew } from './visits.ts'

export type LiveEvent = VisitChangesPage['items'][number]

const totalsMs = 5_000

/** What counts or places visits; the lists themselves are patched by id. */
const totals = [
  ['visits', 'total'],
  ['map', 'visits'],
  ['map', 'customers'],
  ['reports'],
  ['review_counts'],
]

/** What visits change now and then; it is read again each minute where it is shown. */
const slow = [['map', 'customer-list'], ['customers'], ['unplaced'], ['checklist']]

export function markTotalsStale(): void {
  for (const queryKey of totals) void renew(queryKey)
}

/** After a gap, what has changed is unknown. */
export function markAllStale(): void {
  for (const queryKey of [['visits'], ...totals.slice(1), ...slow]) void renew(queryKey)
}

/** The customers that were visited since they were last read. */
const visited = new Map<string, CustomerKey>()

function noteVisited({ resource_type: type, resource_id: id }: VisitSnapshot): void {
  if (type !== 'prospect_and_customer') visited.set(`${type} ${id}`, { type, id })
}

const markSoon = atMostEvery(totalsMs, () => {
  markTotalsStale()
  void readCustomersAnew([...visited.values()])
  visited.clear()
})

const arrivals = new Set<() => void>()

/** Calls `listener` when visits were logged, or came into sight. Returns how to end that. */
export function onNewVisits(listener: () => void): () => void {
  arrivals.add(listener)
  return () => void arrivals.delete(listener)
}

/** Shows what happened: in the rows that are there, and soon in the totals. */
export function applyEvents(events: readonly LiveEvent[]): void {
  if (events.length === 0) return
  const changed = new Set<number>()
  let hasNew = false
  for (const event of events) {
    const { id } = event.data
    if ('resource_id' in event.data) noteVisited(event.data)
    if (event.meta.event_type === 'deleted') dropVisit(id)
    else if (isShown(id) && 'summary' in event.data) {
      patch(event.data)
      changed.add(id)
    } else hasNew = true
  }
  if (changed.size > 0) void readVisitsAnew([...changed])
  if (hasNew) for (const arrived of arrivals) arrived()
  markSoon()
}

/** What the event says; names and evidence follow from the server. */
const patch = (snapshot: VisitSnapshot): void =>
  patchVisit(snapshot.id, (visit): Visit => ({
    ...visit,
    creator_id: snapshot.creator_id,
    outcome_id: snapshot.outcome?.id ?? null,
    resource_id: snapshot.resource_id,
    summary: snapshot.summary,
    visited_at: snapshot.visited_at,
    rep_location_verification_status: snapshot.sales_rep_location.verification_status,
  }))
