import { printSeconds } from './clock.ts'
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
