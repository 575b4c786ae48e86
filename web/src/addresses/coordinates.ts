import type { Place } from '../map/movable-pin.ts'

const digits = 6

/** `38.707100, -9.135500`: as maps copy them. */
export const printPlace = ({ latitude, longitude }: Place): string =>
  `${latitude.toFixed(digits)}, ${longitude.toFixed(digits)}`

/** Reads what a person typed or copied from a map; undefined: it is no place. */
export function readPlace(text: string): Place | undefined {
  const numbers = text.trim().split(/[\s,;]+/)
  if (numbers.length !== 2 || numbers.some((number) => !/^[-+]?\d+(?:\.\d+)?$/.test(number))) {
    return undefined
  }
  const [latitude = Number.NaN, longitude = Number.NaN] = numbers.map(Number)
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return undefined
  return { latitude, longitude }
}
