import type { RecordPoint } from '../domain/records.ts'
import { at, type Provider, toPoint } from './ask.ts'

/** Pelias: GeoJSON with `layer` (what was found) and `accuracy` (point, interpolated, centroid). */
export const pelias = (url: string, key: string | undefined): Provider => ({
  urlFor: (address) => {
    const query = new URLSearchParams({ text: address, size: '1', ...(key && { api_key: key }) })
    return new URL(`${url}/v1/search?${query}`)
  },
  read: (answer) => {
    const first = at(answer, 'features', 0)
    const [longitude, latitude] = [0, 1].map((n) => at(first, 'geometry', 'coordinates', n))
    return toPoint(latitude, longitude, precisionOf(first))
  },
})

function precisionOf(found: unknown): RecordPoint['precision'] {
  const layer = at(found, 'properties', 'layer')
  if (layer === 'postalcode') return 'postcode'
  if (layer === 'street') return 'street'
  if (layer !== 'address' && layer !== 'venue') return 'city'
  return at(found, 'properties', 'accuracy') === 'interpolated' ? 'interpolated' : 'rooftop'
}
