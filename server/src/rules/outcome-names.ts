import type { Transaction } from '../domain/store.ts'
import { changedAttributes, type VisitEvent } from '../domain/visit-events.ts'
import type { Visit } from '../domain/visits.ts'

/**
 * Gives the visits of one renamed outcome its present name, at most `limit` visits at a time, each
 * with an event of cause `embedded_object_event`. False when no outcome waits for it. Where it has
 * come to is stored in the same transaction, so that it can be killed and called again.
 */
export async function refreshOutcomeNames(
  tx: Transaction,
  limit: number,
  newEventId: () => string,
): Promise<boolean> {
  const renamed = await tx.outcomes.findRenamed()
  if (!renamed) return false
  const { outcome, afterVisitId } = renamed
  const visits = await tx.visits.findByOutcome(outcome.id, afterVisitId, limit)
  const { id, name, hasOriginalName } = outcome
  const refreshed = visits
    .filter((visit) => visit.outcome?.name !== name)
    .map((before): { before: Visit; after: Visit } => ({
      before,
      after: { ...before, outcome: { id, name, hasOriginalName }, sequence: before.sequence + 1 },
    }))
  await tx.visits.save(refreshed.map(({ after }) => after))
  tx.events.append(
    refreshed.map(({ before, after }): VisitEvent => ({
      id: newEventId(),
      type: 'updated',
      cause: 'embedded_object_event',
      visit: after,
      previous: changedAttributes(before, after),
      at: undefined,
    })),
  )
  await tx.outcomes.setRefreshed(id, visits.length < limit ? undefined : visits.at(-1)?.id)
  return true
}
