import type { ReviewFlag, VerificationReason } from '../domain/findings.ts'
import type { Place } from '../domain/geography.ts'
import type { Visit } from '../domain/visits.ts'
import { isFarFromFix } from './review-flags.ts'
import type { ValidFix, Verification } from './verification.ts'

/** What is read of the JSON that `printEvidence` writes. */
interface Evidence {
  readonly reason: VerificationReason
  readonly accuracy_m: number | null
  readonly accuracy_confidence: 0.95 | 0.68 | null
  readonly fix_at: string | null
  /** Absent in evidence of ruleset 1. */
  readonly captured_at?: string | null
  readonly flags: readonly ReviewFlag[]
  readonly distance_m: number | null
  readonly point: Place | null
}

/** The verdict with its evidence as the API answers it (PROTOCOL 4.6), as JSON text. */
export function printEvidence(
  verdict: Verification,
  flags: readonly ReviewFlag[],
  radiusSetBy: number | undefined,
): string {
  const { point } = verdict
  return JSON.stringify({
    status: verdict.status,
    reason: verdict.reason,
    distance_m: verdict.distanceM === null ? null : Math.round(verdict.distanceM * 10) / 10,
    radius_m: verdict.radiusM,
    accuracy_m: verdict.accuracyM,
    accuracy_confidence: verdict.accuracyConfidence,
    fix_at: timeOrNull(verdict.fixAt),
    captured_at: timeOrNull(verdict.capturedAt),
    point: point && { latitude: point.latitude, longitude: point.longitude },
    precision: point?.precision ?? null,
    placed_by: point?.placedBy ?? null,
    radius_set_by: radiusSetBy ?? null,
    ruleset: verdict.ruleset,
    flags,
  })
}

const timeOrNull = (ms: number | null): string | null =>
  ms === null ? null : new Date(ms).toISOString()

/** The evidence of a visit that is now said to have been at `visitedAt` (ms). */
export function withVisitedAt(evidence: string | null, visitedAt: number): string | null {
  if (evidence === null) return null
  const stored = parse(evidence)
  const { fix_at: fixAt, flags } = stored
  if (fixAt === null) return evidence
  const others = flags.filter((flag) => flag !== 'visited_at_far_from_fix')
  const isFar = isFarFromFix(visitedAt, Date.parse(fixAt))
  const now: ReviewFlag[] = isFar ? [...others, 'visited_at_far_from_fix'] : others
  return JSON.stringify({ ...stored, flags: now })
}

const parse = (evidence: string): Evidence => JSON.parse(evidence)

/** The accuracy of the fix in metres; null if there was none. */
export const accuracyOf = (evidence: string | null): number | null =>
  evidence === null ? null : parse(evidence).accuracy_m

/** The reasons that depend on where the customer is. */
const byPlace: readonly VerificationReason[] = [
  'address_missing',
  'address_imprecise',
  'within_radius',
  'outside_radius',
  'borderline',
]

/** How far the rep was from the record's place, and how exactly that is known. Times in ms. */
export interface Measured {
  readonly reason: VerificationReason
  readonly distanceM: number
  readonly accuracyM: number
  readonly accuracyConfidence: 0.95 | 0.68
  readonly fixAt: number
  readonly capturedAt: number
  readonly point: Place
}

/** The measurement that a visit's verdict rests on; undefined: it rests on none. */
export function readMeasured({ evidence }: Pick<Visit, 'evidence'>): Measured | undefined {
  if (evidence === null) return undefined
  const { reason, distance_m, accuracy_m, fix_at, captured_at, point, ...stored } = parse(evidence)
  if (distance_m === null || accuracy_m === null || fix_at === null || !point) return undefined
  return {
    reason,
    distanceM: distance_m,
    accuracyM: accuracy_m,
    accuracyConfidence: stored.accuracy_confidence ?? 0.95,
    fixAt: Date.parse(fix_at),
    capturedAt: Date.parse(captured_at ?? fix_at),
    point,
  }
}

/** The fix and flags of a visit whose verdict a new place of the customer could change. */
export function readFix({
  evidence,
  latitude,
  longitude,
}: Pick<Visit, 'evidence' | 'latitude' | 'longitude'>):
  | { readonly fix: ValidFix; readonly flags: readonly ReviewFlag[] }
  | undefined {
  if (evidence === null || latitude === null || longitude === null) return undefined
  const { reason, accuracy_m: accuracyM, fix_at, captured_at, ...stored } = parse(evidence)
  if (!byPlace.includes(reason) || accuracyM === null || fix_at === null) return undefined
  const accuracyConfidence = stored.accuracy_confidence ?? 0.95
  const fixAt = Date.parse(fix_at)
  const capturedAt = Date.parse(captured_at ?? fix_at)
  const place = { latitude, longitude, accuracyM, accuracyConfidence }
  const fix = { ...place, fixAt, capturedAt, isMock: false }
  return { fix, flags: stored.flags }
}
