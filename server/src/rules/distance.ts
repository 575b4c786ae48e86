import geodesic from 'geographiclib-geodesic'

import { type Place, sphereDistanceM } from '../domain/geography.ts'

/**
 * Metres along the geodesic of the WGS 84 ellipsoid, exact to well under a millimetre (C. F. F.
 * Karney, Algorithms for geodesics, 2013). Every verdict and flag uses this distance.
 */
export function distanceM(from: Place, to: Place): number {
  const { s12 } = geodesic.Geodesic.WGS84.Inverse(
    from.latitude,
    from.longitude,
    to.latitude,
    to.longitude,
    geodesic.Geodesic.DISTANCE,
  )
  if (s12 === undefined) throw new Error('no distance')
  return s12
}

/** The direction in which `to` lies from `from`, in degrees clockwise from north, below 360. */
export function bearingOf(from: Place, to: Place): number {
  const { azi1 } = geodesic.Geodesic.WGS84.Inverse(
    from.latitude,
    from.longitude,
    to.latitude,
    to.longitude,
    geodesic.Geodesic.AZIMUTH,
  )
  if (azi1 === undefined) throw new Error('no direction')
  return (azi1 + 360) % 360
}

/**
 * By how much the distance on a sphere of the earth's mean radius may differ from the geodesic:
 * 0.56 % at most, rounded up.
 */
const sphereError = 0.006

/** Whether the distance exceeds `metres`. Computes the geodesic only if a sphere is too inexact. */
export function isFartherThan(metres: number, from: Place, to: Place): boolean {
  const onSphere = sphereDistanceM(from, to)
  if (onSphere * (1 + sphereError) <= metres) return false
  if (onSphere * (1 - sphereError) > metres) return true
  return distanceM(from, to) > metres
}
