import type { Context } from '../domain/context.ts'
import type { Transaction } from '../domain/store.ts'
import { changedAttributes, type VisitEvent } from '../domain/visit-events.ts'
import type { ResourceKind, Visit } from '../domain/visits.ts'
import type { Place } from './distance.ts'
import type { ReviewFlag } from './review-flags.ts'
import { type VerificationReason, verifyLocation } from './verification.ts'
import { findPoints, printVerification } from './visit-log.ts'

/** Visits to one record that are judged again at once; more than anybody pays to one customer. */
export const reverifiedMax = 10_000

/** The reasons that hang on where the customer is. */
const byPlace: readonly VerificationReason[] = [
  'address_missing',
  'address_imprecise',
  'within_radius',
  'outside_radius',
  'borderline',
]

/**
 * Judges the visits to a record again, by its present points and radius, and says how many verdicts
 * changed. The old verdict is kept, the change is an event of cause `system`. Visits that were
 * judged elsewhere, had no usable fix, or whose place has been forgotten stay as they are.
 */
export async function reverifyVisits(
  tx: Transaction,
  kind: ResourceKind,
  resourceId: number,
  { now, newEventId }: Context,
): Promise<number> {
  const records = kind === 'lead' ? tx.leads : tx.contacts
  const record = (await records.find([resourceId])).get(resourceId)
  if (!record) return 0
  const points = await findPoints(records, record)
  const radiusM = record.verificationRadiusM ?? (await tx.account.verificationRadiusM())
  const visits = await tx.visits.findByResource(kind, resourceId, reverifiedMax)
  const changes = visits.flatMap((before) => {
    const kept = readEvidence(before)
    if (!kept) return []
    const { flags, ...fix } = kept
    const verdict = verifyLocation({ ...fix, capturedAt: fix.fixAt }, points, radiusM)
    const evidence = printVerification(verdict, flags)
    if (evidence === before.evidence) return []
    const sequence = before.sequence + 1
    const after: Visit = { ...before, status: verdict.status, evidence, updatedAt: now, sequence }
    return [{ before, after }]
  })
  await tx.visits.savePastEvidence(
    changes.map(({ before }) => before),
    now,
  )
  await tx.visits.save(changes.map(({ after }) => after))
  tx.events.append(
    changes.map(({ before, after }): VisitEvent => ({
      id: newEventId(),
      type: 'updated',
      cause: 'system',
      visit: after,
      previous: changedAttributes(before, after),
      at: undefined,
    })),
  )
  return changes.length
}

interface KeptFix extends Place {
  readonly accuracyM: number
  readonly accuracyConfidence: 0.95 | 0.68
  readonly fixAt: number
  readonly flags: readonly ReviewFlag[]
}

/** The fix that a verdict was reached by, where another place could change it. */
function readEvidence({ evidence, latitude, longitude }: Visit): KeptFix | undefined {
  if (evidence === null || latitude === null || longitude === null) return undefined
  const told: {
    reason: VerificationReason
    accuracy_m: number | null
    accuracy_confidence: 0.95 | 0.68 | null
    fix_at: string | null
    flags: readonly ReviewFlag[]
  } = JSON.parse(evidence)
  if (!byPlace.includes(told.reason) || told.accuracy_m === null || told.fix_at === null) {
    return undefined
  }
  return {
    latitude,
    longitude,
    accuracyM: told.accuracy_m,
    accuracyConfidence: told.accuracy_confidence ?? 0.95,
    fixAt: Date.parse(told.fix_at),
    flags: told.flags,
  }
}
