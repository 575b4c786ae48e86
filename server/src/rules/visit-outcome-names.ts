import { sameFields } from '../domain/same-fields.ts'
import type { Transaction } from '../domain/store.ts'
import { outcomeEmbed } from '../domain/visit-outcomes.ts'
import { saveUpdates, type VisitUpdate } from './visits.ts'

/**
 * Gives visits of one renamed outcome, at most `limit`, its present name, each with an event of
 * cause `embedded_object_event`. Progress is stored in the same transaction, so an interrupted
 * refresh resumes. Answers false if no outcome waits for it.
 */
export async function refreshOutcomeNames(
  tx: Transaction,
  limit: number,
  newEventId: () => string,
): Promise<boolean> {
  const renamed = await tx.visitOutcomes.findRenamed()
  if (!renamed) return false
  const { outcome, afterVisitId } = renamed
  const present = outcomeEmbed(outcome)
  const visits = await tx.visits.findByOutcome(outcome.id, afterVisitId, limit)
  const updates = visits
    .filter(({ outcome: named }) => !named || !sameFields(named, present))
    .map((before): VisitUpdate => ({
      before,
      after: { ...before, outcome: present, sequence: before.sequence + 1 },
    }))
  await saveUpdates(tx, updates, 'embedded_object_event', newEventId)
  await tx.visitOutcomes.setRefreshed(
    outcome.id,
    visits.length < limit ? undefined : visits.at(-1)?.id,
  )
  return true
}
