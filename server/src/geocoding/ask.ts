import type { GeocodingResult } from '../domain/geocoder.ts'
import type { RecordPoint } from '../domain/records.ts'

const timeoutMs = 10_000
const answerLengthMax = 1_000_000

/** A geocoder on the network: how it is asked, and how its answer is read. */
export interface Provider {
  readonly urlFor: (address: string) => URL
  /** undefined: it knows no such address. */
  readonly read: (answer: unknown) => RecordPoint | GeocodingResult | undefined
}

/** Asks once; whatever goes wrong is a failure with its kind, never an exception. */
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
  if (!found) return { failure: 'not_found', detail: 'the geocoder knows no such address' }
  return 'latitude' in found ? { point: found } : found
}

/** A point of numbers or texts of numbers; undefined when it is none on this earth. */
export function toPoint(
  latitude: unknown,
  longitude: unknown,
  precision: RecordPoint['precision'],
): RecordPoint | undefined {
  const [lat, lng] = [Number(latitude ?? Number.NaN), Number(longitude ?? Number.NaN)]
  const isPlace = Math.abs(lat) <= 90 && Math.abs(lng) <= 180
  return isPlace ? { latitude: lat, longitude: lng, precision } : undefined
}

/** A property on a path through an answer that may be anything. */
export function at(answer: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((value, name) => {
    if (typeof value !== 'object' || value === null) return undefined
    return Object.entries(value).find(([key]) => key === String(name))?.[1]
  }, answer)
}
