import type { Transaction } from '../domain/store.ts'
import type { VisitEvent } from '../domain/visit-events.ts'
import { type Visit, visitSnapshot } from '../domain/visits.ts'

/**
 * Forgets where exactly reps were at visits that were logged here before `before` (ms), at most
 * `limit` of them, and says how many. Verdict, distance and accuracy stay. What was imported stays
 * as it was imported.
 */
export async function forgetRepLocations(
  tx: Transaction,
  before: number,
  limit: number,
  newEventId: () => string,
): Promise<number> {
  const visits = await tx.visits.findLocatedBefore(before, limit)
  const changes = visits.map((visit): Visit => ({
    ...visit,
    latitude: null,
    longitude: null,
    sequence: visit.sequence + 1,
  }))
  await tx.visits.save(changes)
  tx.events.append(
    changes.map((after): VisitEvent => ({
      id: newEventId(),
      type: 'updated',
      cause: 'system',
      visit: after,
      // NOTE: the old value without the place, or the event would keep what is to be forgotten.
      previous: { sales_rep_location: visitSnapshot(after).sales_rep_location },
      at: undefined,
    })),
  )
  return visits.length
}
