import type { AccountKey } from './accounts.ts'
import { printSeconds } from './clock.ts'
import type { StreamState, Position } from './positions.ts'
import { type VisitSnapshot, visitSnapshot } from './visit-items.ts'
import type { Visit } from './visits.ts'

/** How far the time of an event may be ahead of the clock, in ms; no farther is it carried on. */
export const eventAheadMaxMs = 5 * 60_000

/** What happened to the visit. */
export type EventType = 'created' | 'updated' | 'deleted'

/**
 * Who caused an event (PROTOCOL 5.3). `interaction`: a user or client; `system`: the server, by an
 * import or re-verification; `embedded_object_event`: a change of an object inside the visit.
 */
export type EventCause = 'interaction' | 'system' | 'embedded_object_event'

/** A change of one visit, before it is numbered and added to the stream. */
export interface VisitEvent {
  readonly id: string
  readonly type: EventType
  readonly cause: EventCause
  /** The visit after the change; for `deleted`, its last state. */
  readonly visit: Visit
  /** For `updated`: the old value of every attribute of the snapshot that changed. */
  readonly previous: Partial<VisitSnapshot> | undefined
  /** When it happened, in ms; undefined: when it enters the stream. */
  readonly at: number | undefined
}

/** The stream item as JSON text. `now`: when it enters the stream, in ms. */
export function printEvent(event: VisitEvent, now: number): string {
  return JSON.stringify({
    data: visitSnapshot(event.visit),
    meta: {
      event_cause: event.cause,
      sequence: event.visit.sequence,
      event_id: event.id,
      event_type: event.type,
      ...(event.previous && { previous: event.previous }),
      type: 'visit',
      event_time: printSeconds(event.at ?? now),
    },
  })
}

/** Old values of the top-level attributes of the snapshot that differ; empty: none. */
export function changedAttributes(before: Visit, after: Visit): Partial<VisitSnapshot> {
  const old = visitSnapshot(before)
  const now: Record<string, unknown> = visitSnapshot(after)
  return Object.fromEntries(
    Object.entries(old).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(now[name]),
    ),
  )
}

/** The event of a change made now. `before`: the visit before the change; undefined: it is new. */
export const newEvent = (
  id: string,
  cause: EventCause,
  before: Visit | undefined,
  after: Visit,
): VisitEvent => ({
  id,
  type: before ? 'updated' : 'created',
  cause,
  visit: after,
  previous: before && changedAttributes(before, after),
  at: undefined,
})

/** The event of a deletion by a user, made now. `last`: the visit with its last sequence. */
export const deletionEvent = (id: string, last: Visit): VisitEvent => ({
  id,
  type: 'deleted',
  cause: 'interaction',
  visit: last,
  previous: undefined,
  at: undefined,
})

/** The stream, outside of any transaction. */
export interface VisitEventReads {
  /** Events after `offset` in their order, at most `limit`. */
  read(account: AccountKey, request: EventsRequest): Promise<EventsPage>
  /**
   * Deletes the oldest events that were appended before `before` (ms), at most `limit` of them;
   * answers how many. If that is `limit`, there may be more.
   */
  drop(account: AccountKey, before: number, limit: number): Promise<number>
  /**
   * Finds events that were dated by a clock that was ahead, and counts them as appended at `now`
   * (ms), at most `limit` of them; answers how many. If that is `limit`, there may be more.
   */
  redate(account: AccountKey, now: number, limit: number): Promise<number>
  /** Creates partitions for coming events, if the store has any; best before the first event. */
  makeRoom(now: number, retentionMs: number): Promise<void>
  /**
   * Creates partitions for coming events and drops those past the retention, if the store has any;
   * `drop` leaves partitions alone. Times in ms.
   */
  rotate(now: number, retentionMs: number): Promise<void>
  /**
   * Calls the listener soon after events of the account were committed, also by other processes if
   * the store can notify them; undefined: the account is unknown. The returned function
   * unsubscribes. Notifications can be lost, so poll as well.
   */
  onAppended(listener: (account: AccountKey | undefined) => void): () => void
  /** Notifies the listeners of events that another thread of this process has committed. */
  announce(account: AccountKey): void
  /** Starts the next generation, after a restore (PROTOCOL 5.4), and notes why in the audit. */
  raiseGeneration(
    account: AccountKey,
    why: 'backup_restored' | 'stream_reset',
  ): Promise<StreamState>
}

/** The stream, in a transaction. */
export interface VisitEventWrites {
  /** Queues events; the end of the transaction numbers them, in this order. */
  append(events: readonly VisitEvent[]): void
  /**
   * Numbers the queued events now, and answers the position just after them. Other writers wait
   * from then on, so call it last, before storing the answer, and only once.
   */
  assignOffsets(): Promise<Position>
}

/** Which events to read. */
export interface EventsRequest {
  readonly offset: number
  readonly limit: number
  /** The reader's position: a replica that lags behind it is not used. */
  readonly from?: Position | undefined
  /** The page must include all events up to here. Throws as `requireReached` does otherwise. */
  readonly minPosition?: Position | undefined
  /** Whether to read all committed events, so that no replica is used. */
  readonly isNewest?: boolean | undefined
}

/** Events, and the state of the stream. */
export interface EventsPage {
  /** The items as the API answers them: JSON in UTF-8, joined by commas. */
  readonly items: Buffer
  /** The stream's state in the same snapshot as the items. */
  readonly stream: StreamState
}
