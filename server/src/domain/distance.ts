import geodesic from 'geographiclib-geodesic'

/** A place on the earth in degrees, WGS 84. */
export interface Place {
  readonly latitude: number
  readonly longitude: number
}

/**
 * Metres along the geodesic of the WGS 84 ellipsoid, exact to well under a millimetre (C. F. F.
 * Karney, Algorithms for geodesics, 2013). The one distance that everything here is judged by.
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
