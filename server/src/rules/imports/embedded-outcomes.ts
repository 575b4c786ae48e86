import type { SellVisit, SellSnapshot } from '../../domain/sell-visits.ts'
import type { Transaction } from '../../domain/store.ts'
import { outcomeEmbed, plainOutcome, type VisitOutcome } from '../../domain/visit-outcomes.ts'
import { placeImported } from '../default-outcomes.ts'

/**
 * Saves outcomes that only the stream has named so far. Answers, by id, the outcomes of these items
 * and snapshots, and those that they were merged into here.
 */
export async function importEmbeddedOutcomes(
  tx: Transaction,
  incoming: readonly SellVisit[],
  snapshots: readonly SellSnapshot[],
): Promise<ReadonlyMap<number, VisitOutcome>> {
  const ids = new Set([...incoming, ...snapshots].flatMap((visit) => visit.outcomeId ?? []))
  const stored = await tx.visitOutcomes.find([...ids])
  const saved = new Map<number, VisitOutcome>()
  for (const { outcome, event, createdAt } of incoming) {
    if (!outcome || outcome.name === null) continue
    const before = saved.get(outcome.id) ?? stored.get(outcome.id)
    const at = event?.at ?? createdAt
    if (before && (!before.isDerived || before.updatedAt >= at)) continue
    saved.set(outcome.id, {
      ...(before ?? plainOutcome),
      id: outcome.id,
      name: outcome.name,
      hasOriginalName: outcome.hasOriginalName,
      isDerived: true,
      createdAt: before?.createdAt ?? at,
      updatedAt: at,
    })
  }
  const added = [...saved.values()].filter(({ id }) => !stored.has(id))
  for (const outcome of await placeImported(tx, added)) saved.set(outcome.id, outcome)
  await tx.visitOutcomes.save([...saved.values()], new Set())
  const mergedInto = [...stored.values()].flatMap(({ mergedIntoId }) => mergedIntoId ?? [])
  return new Map([...stored, ...(await tx.visitOutcomes.find(mergedInto)), ...saved])
}

/** The item with the outcome that its own was merged into here, of which Sell has no record. */
export function followMerge(
  sent: SellVisit,
  outcomes: ReadonlyMap<number, VisitOutcome>,
): SellVisit {
  const mergedIntoId = outcomes.get(sent.outcomeId ?? 0)?.mergedIntoId ?? null
  const into = mergedIntoId === null ? undefined : outcomes.get(mergedIntoId)
  if (!into) return sent
  return { ...sent, outcomeId: into.id, ...(sent.outcome && { outcome: outcomeEmbed(into) }) }
}
