import type { Customer } from '@doorstep/contract/customers'

import { metresBetween } from '../map/places.ts'
import type { Fix, Fixing } from '../offline/fixes.ts'
import type { FindingKind } from '../parts/FindingIcon.tsx'

/** A fix this accurate counts even where the radius is smaller, as on the server. */
const toleratedM = 100
/** One-sided bound over the radius that a phone reports, as on the server. */
const boundOverRadius = 0.67
/** Less sure than this, the browser is given only about where it is. */
const roughM = 1_000

/** What the sheet can say of where the phone is. */
export type Place =
  | 'desk'
  | 'declined'
  | 'off'
  | 'none'
  | 'looking'
  | 'settling'
  | 'unplaced'
  | 'weak'
  | 'rough'
  | 'edge'
  | 'far'
  | 'verified'

/** What the server will probably find; it alone decides. */
export interface Preview {
  readonly place: Place
  readonly distanceM: number | null
  readonly accuracyM: number | null
  /** The place of the customer that is nearest. */
  readonly point: Point | null
}

export interface Point {
  readonly latitude: number
  readonly longitude: number
}

export const kindOf: Readonly<Record<Place, FindingKind>> = {
  desk: 'location_unknown',
  declined: 'location_services_disabled',
  off: 'location_services_disabled',
  none: 'location_unknown',
  looking: 'waiting',
  settling: 'waiting',
  unplaced: 'location_unknown',
  weak: 'location_unknown',
  rough: 'location_unknown',
  edge: 'location_unknown',
  far: 'resource_location_too_far',
  verified: 'verified',
}

/** Those at which the sheet says what to do. */
export const needsHelp = (place: Place): boolean =>
  place !== 'verified' && place !== 'looking' && place !== 'settling' && place !== 'desk'

/** Its pin and its sites. */
export const pointsOf = ({ latitude, longitude, sites }: Customer): readonly Point[] => [
  ...(latitude === null || longitude === null ? [] : [{ latitude, longitude }]),
  ...sites,
]

/** Which of them is nearest, and how far away. */
export function nearestOf(
  points: readonly Point[],
  from: Point,
): { readonly point: Point; readonly distanceM: number } | undefined {
  return points
    .map((point) => ({ point, distanceM: metresBetween(from, point) }))
    .toSorted((one, other) => one.distanceM - other.distanceM)[0]
}

function placeOf(fix: Fix, isLooking: boolean, distanceM: number, radiusM: number): Place {
  const isSure = fix.accuracy <= Math.max(radiusM, toleratedM)
  if (isSure && distanceM <= radiusM) return 'verified'
  if (isLooking) return 'settling'
  if (fix.accuracy > roughM) return 'rough'
  if (!isSure) return 'weak'
  return distanceM - boundOverRadius * fix.accuracy > radiusM ? 'far' : 'edge'
}

/** Compares the best fix so far with the customer. */
export function previewOf(customer: Customer, { best, problem, isLooking }: Fixing): Preview {
  const points = pointsOf(customer)
  const point = points[0] ?? null
  const nothing = { distanceM: null, accuracyM: best?.accuracy ?? null, point }
  if (problem === 'permission_denied') return { ...nothing, place: 'off' }
  if (!best) return { ...nothing, place: isLooking ? 'looking' : 'none' }
  const nearest = nearestOf(points, best)
  if (!nearest) return { ...nothing, place: 'unplaced' }
  const place = placeOf(best, isLooking, nearest.distanceM, customer.radius_m)
  return { place, accuracyM: best.accuracy, ...nearest }
}
