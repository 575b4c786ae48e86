import type { Context } from '../domain/context.ts'
import type { Transaction } from '../domain/store.ts'
import { changedAttributes, type VisitEvent } from '../domain/visit-events.ts'
import type { Visit } from '../domain/visits.ts'

/**
 * Gives visits of one merged outcome the outcome that it was merged into, at most `limit` at a
 * time, each with an event of cause `system`. False when no visit waits for it. Where it has come
 * to is stored in the same transaction, so that it can be killed and called again.
 */
export async function moveMergedVisits(
  tx: Transaction,
  limit: number,
  { now, newEventId }: Context,
): Promise<boolean> {
  const merging = await tx.outcomes.findMerging()
  if (!merging) return false
  const { outcome, afterVisitId } = merging
  const intoId = outcome.mergedIntoId ?? outcome.id
  const into = (await tx.outcomes.find([intoId])).get(intoId)
  const found = into && (await tx.visits.findByOutcome(outcome.id, afterVisitId, limit))
  if (!found || intoId === outcome.id) {
    await tx.outcomes.setMerging(outcome.id, undefined)
    return true
  }
  const embed = { id: into.id, name: into.name, hasOriginalName: into.hasOriginalName }
  const moved = found.map((before): { before: Visit; after: Visit } => ({
    before,
    after: { ...before, outcome: embed, updatedAt: now, sequence: before.sequence + 1 },
  }))
  await tx.visits.save(moved.map(({ after }) => after))
  tx.events.append(
    moved.map(({ before, after }): VisitEvent => ({
      id: newEventId(),
      type: 'updated',
      cause: 'system',
      visit: after,
      previous: changedAttributes(before, after),
      at: undefined,
    })),
  )
  await tx.outcomes.setMerging(outcome.id, found.length < limit ? undefined : found.at(-1)?.id)
  return true
}
