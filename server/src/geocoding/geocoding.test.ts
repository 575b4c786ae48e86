import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { describe, expect, it, onTestFinished } from 'vitest'

import { type GeocoderName, openGeocoder } from './open.ts'

/** A local geocoder that gives one answer, with the requests it received. */
async function geocoderAnswering(name: GeocoderName, status: number, body: unknown) {
  const requested: string[] = []
  const server = createServer((request, response) => {
    requested.push(request.url ?? '')
    response.writeHead(status, { 'Content-Type': 'application/json' })
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  const geocode = openGeocoder({ name, url: `http://127.0.0.1:${port}/`, key: 'k&y' })
  if (!geocode) throw new Error('no geocoder')
  return { result: await geocode('4 Mill Lane, Köln'), requested }
}

const nominatim = (place_rank: number, type = 'x') => [
  { lat: '50.9', lon: '6.9', place_rank, type },
]
const photon = (type: string, osm_value = 'x') => ({
  features: [{ geometry: { coordinates: [6.9, 50.9] }, properties: { type, osm_value } }],
})
const pelias = (layer: string, accuracy = 'point') => ({
  features: [{ geometry: { coordinates: [6.9, 50.9] }, properties: { layer, accuracy } }],
})
const google = (location_type: string, ...types: string[]) => ({
  status: 'OK',
  results: [{ types, geometry: { location: { lat: 50.9, lng: 6.9 }, location_type } }],
})

describe('the precision that a geocoder reports is stored', () => {
  it.each([
    ['nominatim', nominatim(30, 'house'), 'rooftop'],
    ['nominatim', nominatim(30, 'houses'), 'interpolated'],
    ['nominatim', nominatim(26), 'street'],
    ['nominatim', nominatim(21, 'postcode'), 'postcode'],
    ['nominatim', nominatim(16), 'city'],
    ['photon', photon('house'), 'rooftop'],
    ['photon', photon('street'), 'street'],
    ['photon', photon('other', 'postcode'), 'postcode'],
    ['photon', photon('city'), 'city'],
    ['pelias', pelias('address'), 'rooftop'],
    ['pelias', pelias('address', 'interpolated'), 'interpolated'],
    ['pelias', pelias('street', 'centroid'), 'street'],
    ['pelias', pelias('postalcode', 'centroid'), 'postcode'],
    ['pelias', pelias('locality', 'centroid'), 'city'],
    ['google', google('ROOFTOP'), 'rooftop'],
    ['google', google('RANGE_INTERPOLATED'), 'interpolated'],
    ['google', google('GEOMETRIC_CENTER', 'route'), 'street'],
    ['google', google('APPROXIMATE', 'postal_code'), 'postcode'],
    ['google', google('APPROXIMATE', 'locality'), 'city'],
  ] as const)('%s %#: %j is %s', async (name, body, precision) => {
    const { result, requested } = await geocoderAnswering(name, 200, body)
    expect(result).toEqual({ point: { latitude: 50.9, longitude: 6.9, precision } })
    expect(decodeURIComponent(requested[0] ?? '').replaceAll('+', ' ')).toContain(
      '4 Mill Lane, Köln',
    )
  })
})

describe('a geocoder that does not find an address', () => {
  it.each([
    ['nominatim', 200, [], 'not_found'],
    ['photon', 200, { features: [] }, 'not_found'],
    ['pelias', 200, { features: [] }, 'not_found'],
    ['google', 200, { status: 'ZERO_RESULTS', results: [] }, 'not_found'],
    ['google', 200, { status: 'REQUEST_DENIED' }, 'refused'],
    ['google', 200, { status: 'OVER_QUERY_LIMIT' }, 'unavailable'],
    ['pelias', 401, '', 'refused'],
    ['nominatim', 429, '', 'unavailable'],
    ['photon', 503, 'down', 'unavailable'],
    ['nominatim', 200, '<html>', 'unavailable'],
    ['nominatim', 200, [{ lat: '91', lon: '6' }], 'not_found'],
  ] as const)('%s answering %s %j: %s', async (name, status, body, failure) => {
    expect((await geocoderAnswering(name, status, body)).result).toMatchObject({ failure })
  })

  it('may be unreachable', async () => {
    const geocode = openGeocoder({ name: 'photon', url: 'http://127.0.0.1:9', key: undefined })
    expect(await geocode?.('x')).toMatchObject({ failure: 'unavailable' })
    expect(openGeocoder({ name: 'none', url: undefined, key: undefined })).toBeUndefined()
  })
})
