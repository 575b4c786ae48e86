import type { Transaction } from '../domain/store.ts'
import type { VisitEvent } from '../domain/visit-events.ts'
import { visitSnapshot } from '../domain/visit-items.ts'
import type { Visit } from '../domain/visits.ts'

/**
 * Deletes the reps' coordinates of visits that were logged here before `before` (ms), at most
 * `limit` of them, and answers how many. Verdict, distance and accuracy stay. Imported visits stay
 * as they are.
 */
export async function removeRepLocations(
  tx: Transaction,
  before: number,
  limit: number,
  newEventId: () => string,
): Promise<number> {
  const visits = await tx.visits.findLocatedBefore(before, limit)
  await removeFrom(tx, visits, newEventId)
  return visits.length
}

/**
 * The same for visits of one user with ids above `afterId`, whenever they were logged. Answers the
 * highest of their ids; undefined: there are no more.
 */
export async function removeLocationsOf(
  tx: Transaction,
  userId: number,
  afterId: number,
  limit: number,
  newEventId: () => string,
): Promise<number | undefined> {
  const visits = await tx.visits.findLocatedOf(userId, afterId, limit)
  await removeFrom(tx, visits, newEventId)
  return visits.length < limit ? undefined : visits.at(-1)?.id
}

async function removeFrom(
  tx: Transaction,
  visits: readonly Visit[],
  newEventId: () => string,
): Promise<void> {
  if (visits.length === 0) return
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
      // NOTE: without the old coordinates, which the event would otherwise store.
      previous: { sales_rep_location: visitSnapshot(after).sales_rep_location },
      at: undefined,
    })),
  )
}
