import type { Writes } from './store.ts'
import { changedAttributes, type VisitEvent } from './visit-events.ts'
import type { Visit } from './visits.ts'

/**
 * Forgets where exactly reps were at visits that were logged here before `before` (ms), at most
 * `limit` of them, and says how many. Verdict, distance and accuracy stay. What was imported stays
 * as it was imported.
 */
export async function forgetRepLocations(
  tx: Writes,
  before: number,
  limit: number,
  newEventId: () => string,
): Promise<number> {
  const visits = await tx.visits.findLocatedBefore(before, limit)
  const changes = visits.map((visit): { visit: Visit; after: Visit } => ({
    visit,
    after: { ...visit, latitude: null, longitude: null, sequence: visit.sequence + 1 },
  }))
  await tx.visits.save(changes.map(({ after }) => after))
  tx.events.append(
    changes.map(({ visit, after }): VisitEvent => ({
      id: newEventId(),
      type: 'updated',
      cause: 'system',
      visit: after,
      previous: changedAttributes(visit, after),
      at: undefined,
    })),
  )
  return visits.length
}
