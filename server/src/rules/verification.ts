import type { VerificationReason, VerificationStatus } from '../domain/findings.ts'
import type { Place } from '../domain/geography.ts'
import type { RecordPoint } from '../domain/records.ts'
import { distanceM } from './distance.ts'

/** A location as a device reports it. Times are ms since 1970, by the server's clock. */
export interface DeviceFix extends Place {
  /**
   * Radius in metres within which the device is with the probability `accuracyConfidence`. Devices
   * without a fix report null, 0 or less.
   */
  readonly accuracyM: number | null
  /** 0.95 as browsers report it, 0.68 as Android does natively. */
  readonly accuracyConfidence: 0.95 | 0.68
  /** When the device determined its location. */
  readonly fixAt: number
  /** When the visit was logged. */
  readonly capturedAt: number
  /** Whether the device says that an app made the location up. */
  readonly isMock: boolean
}

/** A fix that is a place. */
export type ValidFix = DeviceFix & { readonly accuracyM: number }

/** Why there is no fix. */
export type NoFix =
  | 'permission_denied'
  | 'position_unavailable'
  | 'timeout'
  | 'not_on_device'
  /** The user does not share their location with the server. */
  | 'switched_off'

/** A fix, or why there is none. */
export type DeviceReport = DeviceFix | { readonly unavailable: NoFix }

/** A verdict with its evidence; null: unknown. Times in ms. */
export interface Verification {
  readonly status: VerificationStatus
  readonly reason: VerificationReason
  /** From the fix to the nearest point, in metres. */
  readonly distanceM: number | null
  readonly radiusM: number
  /** As the device reported it, in metres. */
  readonly accuracyM: number | null
  readonly accuracyConfidence: 0.95 | 0.68 | null
  readonly fixAt: number | null
  readonly capturedAt: number | null
  /** The point that the fix was compared with. */
  readonly point: RecordPoint | null
  readonly ruleset: string
}

/** The version of these rules. */
const ruleset = '3'

/** How far the time of the fix may be from the moment of capture. */
const fixAgeMaxMs = 120_000

/** A fix this accurate is accepted even if the radius is smaller. */
const accuracyToleratedM = 100

/** Ratio of the 95 % to the 68 % radius of a circular Gaussian. */
const radius95Over68 = 1.62

/** One-sided 95 % bound over the 95 % radius of a circular Gaussian: 1.645 σ over 2.448 σ. */
const boundOverRadius95 = 0.67

const precise: readonly RecordPoint['precision'][] = ['pin', 'rooftop', 'interpolated']

/**
 * Whether the device was at the lead or contact, as of the moment of capture. The first rule of
 * PROTOCOL 7 that applies decides. `points`: the record's places, of which the nearest counts.
 */
export function verifyLocation(
  report: DeviceReport | undefined,
  points: readonly RecordPoint[],
  radiusM: number,
): Verification {
  const usable = points.filter(({ precision }) => precise.includes(precision))
  if (!report || 'unavailable' in report) {
    return { ...verdictWithoutFix(report?.unavailable), ...nothing, radiusM, ruleset }
  }
  const { accuracyM, accuracyConfidence, fixAt, capturedAt } = report
  const reported = { accuracyM, accuracyConfidence, fixAt, capturedAt, radiusM, ruleset }
  if (!isValid(report)) return { ...unknown('invalid_fix'), ...nothing, ...reported }
  if (report.isMock) return { ...unknown('mock_location'), ...nothing, ...reported }
  const nearest = nearestTo(report, usable.length > 0 ? usable : points)
  const evidence = {
    ...reported,
    distanceM: nearest?.distanceM ?? null,
    point: nearest?.point ?? null,
  }
  if (!nearest) return { ...unknown('address_missing'), ...evidence }
  if (usable.length === 0) return { ...unknown('address_imprecise'), ...evidence }
  return { ...verdictByDistance(report, nearest.distanceM, radiusM), ...evidence }
}

/** Whether these are degrees of a place: devices without a fix report 0, 0. */
export const isPlace = ({ latitude, longitude }: Place): boolean =>
  latitude !== 0 || longitude !== 0

export const isValid = (fix: DeviceFix): fix is ValidFix =>
  isPlace(fix) && fix.accuracyM !== null && fix.accuracyM > 0

type Verdict = Pick<Verification, 'status' | 'reason'>

const unknown = (reason: VerificationReason): Verdict => ({ status: 'location_unknown', reason })

const nothing = {
  distanceM: null,
  accuracyM: null,
  accuracyConfidence: null,
  fixAt: null,
  capturedAt: null,
  point: null,
}

function verdictWithoutFix(why: NoFix | undefined): Verdict {
  if (why === 'permission_denied' || why === 'switched_off') {
    return { status: 'location_services_disabled', reason: why }
  }
  const isOnDevice = why === 'position_unavailable' || why === 'timeout'
  return unknown(isOnDevice ? 'no_fix' : 'not_on_device')
}

/** The radius in metres within which the device is with 95 % certainty. */
export const accuracy95M = ({
  accuracyConfidence,
  accuracyM,
}: Pick<ValidFix, 'accuracyM' | 'accuracyConfidence'>): number =>
  accuracyConfidence === 0.68 ? accuracyM * radius95Over68 : accuracyM

/** What a fix of this accuracy and age, this far from the nearest place, is worth. */
export function verdictByDistance(
  fix: Pick<ValidFix, 'accuracyM' | 'accuracyConfidence' | 'fixAt' | 'capturedAt'>,
  distance: number,
  radiusM: number,
): Verdict {
  const accuracyM = accuracy95M(fix)
  if (Math.abs(fix.capturedAt - fix.fixAt) > fixAgeMaxMs) return unknown('stale_fix')
  if (accuracyM > Math.max(radiusM, accuracyToleratedM)) return unknown('inaccurate_fix')
  if (distance <= radiusM) return { status: 'verified', reason: 'within_radius' }
  if (distance - boundOverRadius95 * accuracyM > radiusM) {
    return { status: 'resource_location_too_far', reason: 'outside_radius' }
  }
  return unknown('borderline')
}

function nearestTo(
  from: Place,
  points: readonly RecordPoint[],
): { readonly point: RecordPoint; readonly distanceM: number } | undefined {
  return points
    .map((point) => ({ point, distanceM: distanceM(from, point) }))
    .reduce<{ point: RecordPoint; distanceM: number } | undefined>(
      (best, each) => (best && best.distanceM <= each.distanceM ? best : each),
      undefined,
    )
}
