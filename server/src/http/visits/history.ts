import type * as contract from '@doorstep/contract/visit-history'

import { printSeconds } from '../../domain/clock.ts'
import type { VisitHistoryEntry } from '../../domain/visit-history.ts'
import type { Handler } from '../request/call.ts'
import { idOf, notFound } from '../request/ids.ts'
import { collectionMeta, collectionOf, pageRequest, printItem } from '../request/pages.ts'

export const listVisitHistory: Handler<typeof contract.listVisitHistory> = async (call) => {
  const { store, actor, params } = call
  const id = idOf(params)
  const { count: seen } = await store.visits.list(actor.accountKey, {
    offset: 0,
    limit: 1,
    sort: { field: 'id', descending: false },
    filter: { ids: [id] },
    viewer: actor,
  })
  if (seen === 0) throw notFound('visit', params)
  const part = pageRequest(call, { field: 'id', descending: false })
  const { rows, hasMore, expiredEvents } = await store.visitHistory.list(actor.accountKey, id, part)
  const items = rows.map((entry) => printItem('visit_history_entry', toAnswer(entry))).join(',')
  const meta = collectionMeta(call, part, rows.length, { hasMore })
  return collectionOf(items, { ...meta, expired_events: expiredEvents })
}

/** What is read of a stream item. */
interface StoredEvent {
  readonly meta: {
    readonly event_type: 'created' | 'updated' | 'deleted'
    readonly event_cause: NonNullable<contract.HistoryEntry['cause']>
    readonly event_time: string
    readonly previous?: Readonly<Record<string, unknown>>
  }
}

interface StoredReview {
  readonly action: NonNullable<contract.HistoryEntry['review']>['state']
  readonly note: string | null
  readonly by: number
}

const nothing = { cause: null, previous: null, verification: null, review: null }

function toAnswer({ kind, sequence, at, text }: VisitHistoryEntry): contract.HistoryEntry {
  const shared = { sequence, at: printSeconds(at), ...nothing }
  switch (kind) {
    case 'finding':
      return { type: 'earlier_finding', ...shared, verification: JSON.parse(text) }
    case 'review': {
      const { action, note, by }: StoredReview = JSON.parse(text)
      return { type: 'review', ...shared, review: { state: action, note, by } }
    }
    case 'event': {
      const { meta }: StoredEvent = JSON.parse(text)
      return {
        type: meta.event_type,
        ...shared,
        at: meta.event_time,
        cause: meta.event_cause,
        previous: meta.previous ? withoutPlace(meta.previous) : null,
      }
    }
  }
}

/** The place where the rep was is for those who ask for it, which is noted (PROTOCOL 10.11). */
function withoutPlace({
  sales_rep_location: location,
  ...rest
}: Readonly<Record<string, unknown>>) {
  if (typeof location !== 'object' || location === null) return rest
  const status = 'verification_status' in location ? location.verification_status : null
  return { ...rest, sales_rep_location: { verification_status: status } }
}
