import type { RecordPoint } from '../domain/records.ts'
import { at, type Provider, toPoint } from './ask.ts'

/** Nominatim, of OpenStreetMap: `place_rank` 30 is a house, 26 and 27 are streets. */
export const nominatim = (url: string): Provider => ({
  urlFor: (address) => {
    const query = new URLSearchParams({ q: address, format: 'jsonv2', limit: '1' })
    return new URL(`${url}/search?${query}`)
  },
  read: (answer) => {
    const first = at(answer, 0)
    return toPoint(at(first, 'lat'), at(first, 'lon'), precisionOf(first))
  },
})

function precisionOf(found: unknown): RecordPoint['precision'] {
  const kind = at(found, 'type')
  const rank = Number(at(found, 'place_rank'))
  if (kind === 'postcode') return 'postcode'
  if (kind === 'houses') return 'interpolated'
  if (rank >= 28) return 'rooftop'
  return rank >= 26 ? 'street' : 'city'
}
