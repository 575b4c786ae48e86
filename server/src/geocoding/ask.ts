import type { GeocodingResult } from '../domain/geocoder.ts'
import type { RecordPoint } from '../domain/records.ts'

const timeoutMs = 10_000
const answerLengthMax = 1_000_000

/** A geocoding service: how to request an address, and how to read the answer. */
export interface Provider {
  readonly urlFor: (address: string) => URL
  /** undefined: the service does not know the address. */
  readonly read: (answer: unknown) => RecordPoint | GeocodingResult | undefined
}

/** Sends one request. Any error is answered as a failure with its kind, never thrown. */
export async function ask(
  { urlFor, read }: Provider,
  address: string,
  signal?: AbortSignal,
): Promise<GeocodingResult> {
  try {
    const timeout = AbortSignal.timeout(timeoutMs)
    const response = await fetch(urlFor(address), {
      headers: { Accept: 'application/json', 'User-Agent': 'doorstep' },
      redirect: 'error',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    })
    const text = await response.text()
    const { status } = response
    if (status === 401 || status === 403 || status === 400) {
      return { failure: 'refused', detail: `the geocoder answered ${status}` }
    }
    if (!response.ok || text.length > answerLengthMax) {
      return { failure: 'unavailable', detail: `the geocoder answered ${status}` }
    }
    return toResult(read(JSON.parse(text)))
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    return { failure: 'unavailable', detail: `the geocoder did not answer: ${detail}` }
  }
}

function toResult(found: RecordPoint | GeocodingResult | undefined): GeocodingResult {
  if (!found) return { failure: 'not_found', detail: 'the geocoder does not know the address' }
  return 'latitude' in found ? { point: found } : found
}

/** A point from numbers or texts of numbers; undefined: out of range. */
export function toPoint(
  latitude: unknown,
  longitude: unknown,
  precision: RecordPoint['precision'],
): RecordPoint | undefined {
  const [lat, lng] = [Number(latitude ?? Number.NaN), Number(longitude ?? Number.NaN)]
  const isPlace = Math.abs(lat) <= 90 && Math.abs(lng) <= 180
  return isPlace ? { latitude: lat, longitude: lng, precision } : undefined
}

/** The property at a path in an answer of any shape. */
export function at(answer: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((value, name) => {
    if (typeof value !== 'object' || value === null) return undefined
    return Object.entries(value).find(([key]) => key === String(name))?.[1]
  }, answer)
}
