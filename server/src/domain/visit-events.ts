import type { AccountKey } from './accounts.ts'
import { printSeconds } from './clock.ts'
import type { StreamState, Position } from './positions.ts'
import { type Visit, type VisitSnapshot, visitSnapshot } from './visits.ts'

export type EventType = 'created' | 'updated' | 'deleted'

/**
 * `interaction`: a person or client acted; `system`: the server did (import, re-verification);
 * `embedded_object_event`: an object inside the snapshot changed (PROTOCOL 5.3).
 */
export type EventCause = 'interaction' | 'system' | 'embedded_object_event'

/** A change of one visit, before it has its place and time in the stream. */
export interface VisitEvent {
  readonly id: string
  readonly type: EventType
  readonly cause: EventCause
  /** The visit after the change; for `deleted`, as it was last. */
  readonly visit: Visit
  /** On `updated`: the old value of every attribute of the snapshot that changed. */
  readonly previous: Partial<VisitSnapshot> | undefined
  /** When it happened, in ms; undefined: the moment at which it enters the stream. */
  readonly at: number | undefined
}

/** The stream's item as JSON text, stored and answered as it is; it enters the stream at `now`. */
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

/** Old values of the snapshot's top-level attributes that differ; empty when none does. */
export function changedAttributes(before: Visit, after: Visit): Partial<VisitSnapshot> {
  const old = visitSnapshot(before)
  const now: Record<string, unknown> = visitSnapshot(after)
  return Object.fromEntries(
    Object.entries(old).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(now[name]),
    ),
  )
}

export interface VisitEventReads {
  /** Events after `offset` in their order, at most `limit`. */
  read(account: AccountKey, request: EventsRequest): Promise<EventsPage>
  /**
   * Removes the oldest events that were appended before `before` (ms), at most `limit` of them,
   * and says how many: when it is `limit`, there may be more.
   */
  drop(account: AccountKey, before: number, limit: number): Promise<number>
  /** Makes room for coming events, where the store keeps them in parts; best before there are any. */
  makeRoom(now: number, retentionMs: number): Promise<void>
  /**
   * Makes room for coming events, and drops those whole that are past the retention, where the
   * store keeps them in parts for it; `drop` leaves such parts alone.
   */
  rotate(now: number, retentionMs: number): Promise<void>
  /**
   * Calls the listener soon after events of the account were committed, by any process where the
   * store hears of others; undefined: it may be any account. What is returned ends it. A hint: what
   * must not be missed is asked for from time to time as well.
   */
  onAppended(listener: (account: AccountKey | undefined) => void): () => void
  /** Tells those listeners of events that another thread of this process has committed. */
  announce(account: AccountKey): void
  /** Begins the next generation: to be called after a restore (PROTOCOL 5.4). */
  raiseGeneration(account: AccountKey): Promise<StreamState>
}

export interface VisitEventWrites {
  /** Kept until `work` is done, then numbered in this order, as the transaction's last act. */
  append(events: readonly VisitEvent[]): void
  /**
   * Numbers what was appended now, and tells the position just after. Others wait from here on:
   * to be called when all is done but keeping the answer, and once.
   */
  settle(): Promise<Position>
}

export interface EventsRequest {
  readonly offset: number
  readonly limit: number
  /** Where the reader has come to: a copy that has not come so far is not asked. */
  readonly from?: Position | undefined
  /** What the page has to have seen. Throws as `requireReached` does where nothing has. */
  readonly minPosition?: Position | undefined
  /** All that is committed: no copy is asked. */
  readonly isNewest?: boolean | undefined
}

export interface EventsPage {
  /** The items as they are answered: JSON in UTF-8, joined by commas. */
  readonly items: Buffer
  /** The stream's state in the same snapshot as the items. */
  readonly stream: StreamState
}
