import type { RecordPoint } from '../domain/records.ts'
import { at, type Provider, toPoint } from './ask.ts'

/** Photon, by komoot: GeoJSON whose `type` says what was found. */
export const photon = (url: string): Provider => ({
  urlFor: (address) => new URL(`${url}/api?${new URLSearchParams({ q: address, limit: '1' })}`),
  read: (answer) => {
    const first = at(answer, 'features', 0)
    const [longitude, latitude] = [0, 1].map((n) => at(first, 'geometry', 'coordinates', n))
    return toPoint(latitude, longitude, precisionOf(first))
  },
})

function precisionOf(found: unknown): RecordPoint['precision'] {
  if (at(found, 'properties', 'osm_value') === 'postcode') return 'postcode'
  const kind = at(found, 'properties', 'type')
  if (kind === 'house') return 'rooftop'
  return kind === 'street' ? 'street' : 'city'
}
