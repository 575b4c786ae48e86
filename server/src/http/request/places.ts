import type { Place } from '../../domain/geography.ts'
import { ApiError, invalidParameter } from '../errors.ts'

/** Reads `<latitude>,<longitude>`. Throws 400. */
export function readPlace(name: string, text: string): Place {
  const parts = text.split(',')
  const [latitude = Number.NaN, longitude = Number.NaN] = parts.map((part) =>
    /^-?\d{1,3}(\.\d{1,20})?$/.test(part) ? Number(part) : Number.NaN,
  )
  if (parts.length === 2 && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180) {
    return { latitude, longitude }
  }
  const why = `must be a latitude and a longitude, such as 52.52,13.4, given: ${text}`
  throw new ApiError([invalidParameter(name, why)])
}
