import type { GeoJSONVTTile } from '@maplibre/geojson-vt'
import { beforeAll, describe, expect, it } from 'vitest'

import { readPlaces } from './places.ts'
import { cutFar, extent } from './tiles.ts'
import { readWaters } from './world.ts'

const zoom = 3
const land = new Map<string, GeoJSONVTTile | undefined>()
let largest: unknown

beforeAll(() => {
  const places = readPlaces()
  largest = places[0]?.name
  for (const { z, x, y, layers } of cutFar(readWaters(), places)) {
    if (z === zoom) land.set(`${x}/${y}`, layers['land'])
  }
})

/** Whether the tile's land covers the point, counted by the edges to its east. */
function isLand(longitude: number, latitude: number): boolean {
  const column = ((longitude + 180) / 360) * 2 ** zoom
  const row = ((1 - Math.asinh(Math.tan((latitude * Math.PI) / 180)) / Math.PI) / 2) * 2 ** zoom
  const [x, y] = [Math.floor(column), Math.floor(row)]
  const [east, south] = [(column - x) * extent, (row - y) * extent]
  const polygons = (land.get(`${x}/${y}`)?.features ?? []) as { geometry: [number, number][][] }[]
  return polygons.some(({ geometry: rings }) => {
    const crossings = rings.flatMap((ring) =>
      ring.filter(([x1, y1], at) => {
        const [x2, y2] = ring[(at + 1) % ring.length] ?? [x1, y1]
        if (y1 > south === y2 > south) return false
        return east < x1 + ((south - y1) / (y2 - y1)) * (x2 - x1)
      }),
    )
    return crossings.length % 2 === 1
  })
}

describe('the world at zoom 3', () => {
  it.each([
    ['the Gulf of Bothnia, west of all that crosses 180° E', 20, 62, false],
    ['the Atlantic off Norway', -10, 64, false],
    ['the middle of Sweden', 15, 62, true],
    ['Siberia', 100, 62, true],
    ['Chukotka, east of 180°', -176, 67, true],
    ['Chukotka, west of 180°', 176, 67, true],
    ['the Pacific on the equator', -179, 0, false],
    ['the Pacific on the other side', 179, 0, false],
    ['Antarctica', 0, -82, true],
    ['Antarctica at the edge of the map', 100, -84.9, true],
    ['Antarctica, east of 180°', -140, -82, true],
    ['Antarctica, west of 180°', 160, -80, true],
    ['the sea before it', 0, -60, false],
    ['the Caspian Sea', 50.5, 42, false],
    ['Lesotho, of which South Africa is cut out', 28.2, -29.5, true],
  ])('%s', (_name, longitude, latitude, expected) => {
    expect(isLand(longitude, latitude)).toBe(expected)
  })

  it('the largest place stands first', () => {
    expect(largest).toBe('Shanghai')
  })
})
