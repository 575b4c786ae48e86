import type { Visit } from '../domain/visits.ts'
import { isFartherThan } from './distance.ts'
import type { DeviceFix } from './verification.ts'

/** Hints for a reviewer; none of them ever changes a verdict. */
export type ReviewFlag =
  | 'impossible_speed'
  | 'repeated_coordinates'
  | 'accuracy_zero_or_constant'
  | 'clock_skew'
  | 'late_sync'

const speedMaxKmh = 150
const jumpMinM = 5_000
const skewMaxMs = 5 * 60_000
const lateMs = 7 * 24 * 3_600_000
const constantAccuracies = 5
const hourMs = 3_600_000

/** A visit of the same person with what its fix was. */
export type EarlierVisit = Pick<Visit, 'visitedAt' | 'latitude' | 'longitude'> & {
  /** Asked for only where it matters. */
  readonly accuracyM: () => number | null
}

export interface FlagInput {
  readonly fix: DeviceFix
  readonly visitedAt: number
  /** By how much the phone's clock is ahead of the server's, in ms. */
  readonly skewMs: number
  readonly receivedAt: number
  /** The person's newest visits. */
  readonly earlier: readonly EarlierVisit[]
}

/** What looks odd about a fix, beside the person's other visits. */
export function reviewFlags(input: FlagInput): ReviewFlag[] {
  const { fix, skewMs, receivedAt } = input
  const isOdd: Record<ReviewFlag, boolean> = {
    impossible_speed: input.earlier.some((other) => isTooFast(input, other)),
    repeated_coordinates: input.earlier.some((other) => isSamePlaceOtherDay(input, other)),
    accuracy_zero_or_constant: isZero(fix) || isConstant(input),
    clock_skew: Math.abs(skewMs) > skewMaxMs,
    late_sync: receivedAt - fix.capturedAt > lateMs,
  }
  return flags.filter((flag) => isOdd[flag])
}

const flags: readonly ReviewFlag[] = [
  'impossible_speed',
  'repeated_coordinates',
  'accuracy_zero_or_constant',
  'clock_skew',
  'late_sync',
]

/** More than 5 km apart, and faster than 150 km/h in a straight line. */
function isTooFast({ fix, visitedAt }: FlagInput, other: EarlierVisit): boolean {
  if (other.latitude === null || other.longitude === null) return false
  const hours = Math.abs(visitedAt - other.visitedAt) / hourMs
  const mostM = Math.max(jumpMinM, speedMaxKmh * 1000 * hours)
  return isFartherThan(mostM, fix, { latitude: other.latitude, longitude: other.longitude })
}

/** Identical to six decimals, about 0.1 m, which no two honest fixes are. */
function isSamePlaceOtherDay({ fix, visitedAt }: FlagInput, other: EarlierVisit): boolean {
  const day = (ms: number) => Math.floor(ms / (24 * hourMs))
  const same = (a: number, b: number | null) =>
    b !== null && Math.abs(a - b) < 1e-5 && a.toFixed(6) === b.toFixed(6)
  return (
    day(visitedAt) !== day(other.visitedAt) &&
    same(fix.latitude, other.latitude) &&
    same(fix.longitude, other.longitude)
  )
}

/**
 * Less than half a metre, which no phone knows. NOTE: an accuracy of exactly 0 never gets here: it
 * is impossible by the definition of a radius, so a body that says it is refused (PROTOCOL 6.5), and
 * zero is what rounds to it.
 */
const isZero = ({ accuracyM }: DeviceFix): boolean => Math.round(accuracyM) === 0

/**
 * The same accuracy as in each of the last five visits that told one, to the last digit. Whole
 * metres are what many phones round to, and repeat honestly.
 */
function isConstant({ fix, earlier }: FlagInput): boolean {
  if (Number.isInteger(fix.accuracyM)) return false
  let same = 0
  for (const { accuracyM } of earlier) {
    const told = accuracyM()
    if (told === null) continue
    if (told !== fix.accuracyM) return false
    if (++same === constantAccuracies) return true
  }
  return false
}
