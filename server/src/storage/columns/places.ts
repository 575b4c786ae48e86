import type { Box, Circle } from '../../domain/ranges.ts'
import { chordAt } from '../records/places.ts'

/** Whether a place, in degrees, is meant. */
export type IsPlace = (latitude: number, longitude: number) => boolean

const radiansPerDegree = Math.PI / 180

/** As the condition of the same name in records/places.ts. */
export function isInBox({ west, south, east, north }: Box): IsPlace {
  const isWhole = east - west === 360
  const width = eastward(west, east)
  return (latitude, longitude) =>
    latitude >= south &&
    latitude <= north &&
    (isWhole || Math.abs(latitude) === 90 || eastward(west, longitude) <= width)
}

/** Degrees to go east from one meridian to another. */
const eastward = (from: number, to: number): number => {
  const degrees = to - from
  return degrees < 0 ? degrees + 360 : degrees >= 360 ? degrees - 360 : degrees
}

/** As the condition of the same name in records/places.ts. */
export function isNear(circle: Circle): IsPlace {
  const cosine = Math.cos(circle.latitude * radiansPerDegree)
  const chord = chordAt(circle.radiusM)
  const square = (from: number, to: number) => Math.sin(((from - to) * radiansPerDegree) / 2) ** 2
  return (latitude, longitude) =>
    square(latitude, circle.latitude) +
      Math.cos(latitude * radiansPerDegree) * cosine * square(longitude, circle.longitude) <=
    chord
}
