import type { GeocodingResult } from '../domain/geocoder.ts'
import type { RecordPoint } from '../domain/records.ts'
import { at, type Provider, toPoint } from './ask.ts'

/** Google's Geocoding API. Errors come with status 200 and a word in `status`. */
export const google = (url: string, key: string | undefined): Provider => ({
  urlFor: (address) => {
    const query = new URLSearchParams({ address, ...(key && { key }) })
    return new URL(`${url}/maps/api/geocode/json?${query}`)
  },
  read: (answer) => {
    const failure = failureOf(at(answer, 'status'))
    if (failure) return failure
    const first = at(answer, 'results', 0)
    const place = at(first, 'geometry', 'location')
    return toPoint(at(place, 'lat'), at(place, 'lng'), precisionOf(first))
  },
})

function failureOf(status: unknown): GeocodingResult | undefined {
  if (status === 'OK' || status === 'ZERO_RESULTS') return undefined
  const isTemporary = status === 'OVER_QUERY_LIMIT' || status === 'UNKNOWN_ERROR'
  const detail = `the geocoder answered ${String(status)}`
  return { failure: isTemporary ? 'unavailable' : 'refused', detail }
}

function precisionOf(found: unknown): RecordPoint['precision'] {
  const types = at(found, 'types')
  const kinds: readonly unknown[] = Array.isArray(types) ? types : []
  switch (at(found, 'geometry', 'location_type')) {
    case 'ROOFTOP':
      return 'rooftop'
    case 'RANGE_INTERPOLATED':
      return 'interpolated'
    default:
      if (kinds.includes('postal_code')) return 'postcode'
      return kinds.includes('route') ? 'street' : 'city'
  }
}
