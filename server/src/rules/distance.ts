import geodesic from 'geographiclib-geodesic'

/** A place on the earth in degrees, WGS 84. */
export interface Place {
  readonly latitude: number
  readonly longitude: number
}

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

/**
 * By how much the distance on a sphere of the earth's mean radius may differ from the geodesic:
 * 0.56 % at most, rounded up.
 */
const sphereError = 0.006
const meanRadiusM = 6_371_008.8
const degree = Math.PI / 180

/** Whether the distance exceeds `metres`. Computes the geodesic only if a sphere is too inexact. */
export function isFartherThan(metres: number, from: Place, to: Place): boolean {
  const onSphere = sphereDistanceM(from, to)
  if (onSphere * (1 + sphereError) <= metres) return false
  if (onSphere * (1 - sphereError) > metres) return true
  return distanceM(from, to) > metres
}

/** The haversine formula. */
function sphereDistanceM(from: Place, to: Place): number {
  const halfChord =
    Math.sin(((to.latitude - from.latitude) * degree) / 2) ** 2 +
    Math.cos(from.latitude * degree) *
      Math.cos(to.latitude * degree) *
      Math.sin(((to.longitude - from.longitude) * degree) / 2) ** 2
  return 2 * meanRadiusM * Math.asin(Math.min(1, Math.sqrt(halfChord)))
}
