import type { Box, Circle } from '../../domain/ranges.ts'

/** Filters of places, written otherwise than in SQL to compare with. */

export interface Place {
  readonly latitude: number
  readonly longitude: number
}

const meanRadiusM = 6_371_008.8

function vectorOf({ latitude, longitude }: Place): readonly [number, number, number] {
  const [lat, lng] = [(latitude * Math.PI) / 180, (longitude * Math.PI) / 180]
  return [Math.cos(lat) * Math.cos(lng), Math.cos(lat) * Math.sin(lng), Math.sin(lat)]
}

/** Metres along a great circle, by the angle between two vectors. */
export function distanceM(from: Place, to: Place): number {
  const [a, b, c] = vectorOf(from)
  const [x, y, z] = vectorOf(to)
  const across = Math.hypot(b * z - c * y, c * x - a * z, a * y - b * x)
  return Math.atan2(across, a * x + b * y + c * z) * meanRadiusM
}

export const isNear = (place: Place | undefined, circle: Circle): boolean =>
  place !== undefined && distanceM(place, circle) <= circle.radiusM

const round = 360e6

/** Millionths of a degree to go east from one meridian to another. */
const eastward = (from: number, to: number): number =>
  (((Math.round(to * 1e6) - Math.round(from * 1e6)) % round) + round) % round

export function isInBox(place: Place | undefined, { west, south, east, north }: Box): boolean {
  if (!place || place.latitude < south || place.latitude > north) return false
  if (Math.abs(place.latitude) === 90 || east - west === 360) return true
  return eastward(west, place.longitude) <= eastward(west, east)
}
