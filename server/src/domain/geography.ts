/** A place on the earth in degrees, WGS 84. */
export interface Place {
  readonly latitude: number
  readonly longitude: number
}

/** Of the earth. */
export const meanRadiusM = 6_371_008.8
const degree = Math.PI / 180

/** Metres on a sphere of the earth's mean radius (haversine); off by at most 0.56 %. */
export function sphereDistanceM(from: Place, to: Place): number {
  const halfChord =
    Math.sin(((to.latitude - from.latitude) * degree) / 2) ** 2 +
    Math.cos(from.latitude * degree) *
      Math.cos(to.latitude * degree) *
      Math.sin(((to.longitude - from.longitude) * degree) / 2) ** 2
  return 2 * meanRadiusM * Math.asin(Math.min(1, Math.sqrt(halfChord)))
}
