import type { Context } from '../domain/context.ts'
import type { Transaction } from '../domain/store.ts'
import type { ResourceKind } from '../domain/visits.ts'
import { printEvidence, readFix } from './evidence.ts'
import { findPoints, recordsOf } from './records.ts'
import { flagSelfPlaced } from './review-flags.ts'
import { reviewStateAfter } from './review-states.ts'
import { verifyLocation } from './verification.ts'
import { saveUpdates, type VisitUpdate } from './visits.ts'

/** Visits to one record that are verified again at once; far more than one customer gets. */
const reverifiedMax = 10_000

/**
 * Verifies the newest 10,000 visits to a record again with its present points and radius. Answers
 * how many verdicts changed. The old evidence is saved, and each change is an event of cause
 * `system`. Visits that were verified elsewhere, had no usable fix, or whose location has been
 * deleted stay as they are.
 */
export async function reverifyVisits(
  tx: Transaction,
  kind: ResourceKind,
  resourceId: number,
  { now, newEventId }: Context,
): Promise<number> {
  const records = recordsOf(tx, kind)
  const record = (await records.find([resourceId])).get(resourceId)
  if (!record) return 0
  const points = await findPoints(records, record)
  const radiusM = record.verificationRadiusM ?? (await tx.account.verificationRadiusM())
  const visits = await tx.visits.findByResource(kind, resourceId, reverifiedMax)
  const updates = visits.flatMap((before): VisitUpdate[] => {
    const stored = readFix(before)
    if (!stored) return []
    const verdict = verifyLocation(stored.fix, points, radiusM)
    const { radiusSetBy } = record
    const flags = flagSelfPlaced(stored.flags, verdict, radiusSetBy, before.creatorId)
    const evidence = printEvidence(verdict, flags, radiusSetBy)
    if (evidence === before.evidence) return []
    const { status } = verdict
    const review = reviewStateAfter(before, { status, evidence })
    const sequence = before.sequence + 1
    return [{ before, after: { ...before, status, evidence, review, updatedAt: now, sequence } }]
  })
  await tx.visits.savePastEvidence(
    updates.map(({ before }) => before),
    now,
  )
  await saveUpdates(tx, updates, 'system', newEventId)
  return updates.length
}
