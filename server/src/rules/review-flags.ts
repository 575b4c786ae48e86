import type { ReviewFlag } from '../domain/findings.ts'
import type { Visit } from '../domain/visits.ts'
import { isFartherThan } from './distance.ts'
import {
  type DeviceFix,
  isPlace,
  isValid,
  type ValidFix,
  type Verification,
} from './verification.ts'

const speedMaxKmh = 150
const jumpMinM = 5_000
const skewMaxMs = 5 * 60_000
const lateMs = 7 * 24 * 3_600_000
const constantAccuracies = 5
const hourMs = 3_600_000
const farMs = 24 * hourMs

/** Another visit of the same user, with its fix. */
export type EarlierVisit = Pick<Visit, 'visitedAt' | 'latitude' | 'longitude'> & {
  /** In metres; a function, since reading it is costly and rarely needed. */
  readonly accuracyM: () => number | null
}

/** What the flags of a new visit depend on. Times in ms. */
export interface FlagInput {
  readonly fix: DeviceFix
  readonly visitedAt: number
  /** By how much the phone's clock is ahead of the server's, in ms. */
  readonly skewMs: number
  readonly receivedAt: number
  /** The user's newest visits, newest first. */
  readonly earlier: readonly EarlierVisit[]
}

/** The flags of a fix, compared with the user's other visits. */
export function reviewFlags(input: FlagInput): ReviewFlag[] {
  const { fix, skewMs, receivedAt } = input
  const isOdd: Record<Exclude<ReviewFlag, 'self_placed'>, boolean> = {
    impossible_speed: isValid(fix) && input.earlier.some((other) => isTooFast(input, other)),
    repeated_coordinates:
      isValid(fix) && input.earlier.some((other) => isSamePlaceOtherDay(input, other)),
    accuracy_zero_or_constant: isValid(fix) && (isZero(fix) || isConstant(fix, input)),
    clock_skew: Math.abs(skewMs) > skewMaxMs,
    late_sync: receivedAt - fix.capturedAt > lateMs,
    mock_location: fix.isMock,
    visited_at_far_from_fix: isFarFromFix(input.visitedAt, fix.fixAt),
  }
  return flags.filter((flag) => isOdd[flag])
}

const flags = [
  'impossible_speed',
  'repeated_coordinates',
  'accuracy_zero_or_constant',
  'clock_skew',
  'late_sync',
  'mock_location',
  'visited_at_far_from_fix',
] as const

/** The flags with `self_placed` where the user who visited set what the verdict rests on. */
export function flagSelfPlaced(
  others: readonly ReviewFlag[],
  { point }: Pick<Verification, 'point'>,
  radiusSetBy: number | undefined,
  userId: number,
): ReviewFlag[] {
  const kept = others.filter((flag) => flag !== 'self_placed')
  const isSelfPlaced = point !== null && [point.placedBy, radiusSetBy].includes(userId)
  return isSelfPlaced ? [...kept, 'self_placed'] : kept
}

/** More than a day. Times in ms. */
export const isFarFromFix = (visitedAt: number, fixAt: number): boolean =>
  Math.abs(visitedAt - fixAt) > farMs

/** More than 5 km apart, and faster than 150 km/h in a straight line. */
function isTooFast({ fix, visitedAt }: FlagInput, other: EarlierVisit): boolean {
  const { latitude, longitude } = other
  if (latitude === null || longitude === null || !isPlace({ latitude, longitude })) return false
  const hours = Math.abs(visitedAt - other.visitedAt) / hourMs
  const mostM = Math.max(jumpMinM, speedMaxKmh * 1000 * hours)
  return isFartherThan(mostM, fix, { latitude, longitude })
}

/** Identical to six decimals, about 0.1 m, which two honest fixes never are. */
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

/** Less than half a metre, which no phone measures; a fix of exactly 0 is not valid at all. */
const isZero = ({ accuracyM }: ValidFix): boolean => Math.round(accuracyM) === 0

/**
 * The same accuracy, to the last digit, as in the last five visits that have one. Whole metres do
 * not count: many phones round to them and so repeat them honestly.
 */
function isConstant(fix: ValidFix, { earlier }: FlagInput): boolean {
  if (Number.isInteger(fix.accuracyM)) return false
  let same = 0
  for (const { accuracyM } of earlier) {
    const earlierM = accuracyM()
    if (earlierM === null) continue
    if (earlierM !== fix.accuracyM) return false
    if (++same === constantAccuracies) return true
  }
  return false
}
