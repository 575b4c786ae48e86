import type { Context } from '../domain/context.ts'
import type { Transaction } from '../domain/store.ts'
import { outcomeEmbed } from '../domain/visit-outcomes.ts'
import { saveUpdates, type VisitUpdate } from './visits.ts'

/**
 * Gives visits of one merged outcome, at most `limit`, the outcome that it was merged into, each
 * with an event of cause `system`. Progress is stored in the same transaction, so an interrupted
 * merge resumes. Answers false if no outcome is being merged.
 */
export async function moveMergedVisits(
  tx: Transaction,
  limit: number,
  { now, newEventId }: Context,
): Promise<boolean> {
  const merging = await tx.visitOutcomes.findMerging()
  if (!merging) return false
  const { outcome, afterVisitId } = merging
  const intoId = outcome.mergedIntoId ?? outcome.id
  const into = (await tx.visitOutcomes.find([intoId])).get(intoId)
  const found = into && (await tx.visits.findByOutcome(outcome.id, afterVisitId, limit))
  if (!found || intoId === outcome.id) {
    await tx.visitOutcomes.setMerging(outcome.id, undefined)
    return true
  }
  const updates = found.map((before): VisitUpdate => ({
    before,
    after: {
      ...before,
      outcome: outcomeEmbed(into),
      updatedAt: now,
      sequence: before.sequence + 1,
    },
  }))
  await saveUpdates(tx, updates, 'system', newEventId)
  await tx.visitOutcomes.setMerging(outcome.id, found.length < limit ? undefined : found.at(-1)?.id)
  return true
}
