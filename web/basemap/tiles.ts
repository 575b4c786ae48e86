import { GeoJSONVT, type GeoJSONVTTile } from '@maplibre/geojson-vt'
import type { Feature } from 'geojson'

import { boxOfTile } from './boxes.ts'
import { featureOf, type Place, placesWithin, readPlaces } from './places.ts'
import { featuresWithin } from './shapes.ts'
import { type Layers, readCountries, readWaters } from './world.ts'

export interface Tile extends Coordinates {
  readonly layers: Readonly<Record<string, GeoJSONVTTile>>
}

interface Coordinates {
  readonly z: number
  readonly x: number
  readonly y: number
}

/** Browsers draw closer views from the tiles of this zoom. */
export const zoomMax = 7
const farZoomMax = 4
/** Near tiles are cut from an eighth of the world's width at a time, or memory would hold them all. */
const pieceZoom = 3

export const extent = 4_096
/** How far the lines of a tile reach beyond it, of its extent; the others less. */
const buffer = 64
const buffers: Readonly<Record<string, number>> = { land: 8, place: 0 }

const waters = ['lake', 'river', 'state']
const watersFrom = 3
const placesFrom = 2

/** All tiles of the world that hold something. */
export function* cutWorld(): Generator<Tile> {
  const places = readPlaces()
  const others = readWaters()
  yield* cutFar(others, places)
  const layers = { ...readCountries('10m'), ...others }
  for (const piece of within({ z: 0, x: 0, y: 0 }, pieceZoom)) {
    yield* cut(piece, [farZoomMax + 1, zoomMax], layers, places)
  }
}

/** The tiles of zoom 0 to 4. */
export const cutFar = (others: Layers, places: readonly Place[]): Generator<Tile> =>
  cut({ z: 0, x: 0, y: 0 }, [0, farZoomMax], { ...readCountries('50m'), ...others }, places)

/** Cuts the tiles of these zooms out of one tile. */
function* cut(
  piece: Coordinates,
  [zoomFirst, zoomLast]: readonly [number, number],
  layers: Layers,
  places: readonly Place[],
): Generator<Tile> {
  const box = boxOfTile(piece.z, piece.x, piece.y)
  const indexes = Object.entries(layers).map(([name, layer]) => ({
    name,
    index: newIndex(name, featuresWithin(layer, box)),
  }))
  const here = placesWithin(places, box)
  for (let z = zoomFirst; z <= zoomLast; z++) {
    const named = z < placesFrom ? [] : here.filter(({ zoom }) => z === zoomMax || zoom <= z)
    const place = { name: 'place', index: newIndex('place', named.map(featureOf)) }
    const present = [
      ...indexes.filter(({ name }) => z >= watersFrom || !waters.includes(name)),
      place,
    ]
    for (const tile of within(piece, z)) {
      const found: Record<string, GeoJSONVTTile> = {}
      for (const { name, index } of present) {
        const features = index?.getTile(tile.z, tile.x, tile.y)
        if (features && features.features.length > 0) found[name] = features
      }
      if (Object.keys(found).length > 0) yield { ...tile, layers: found }
    }
  }
}

function newIndex(name: string, features: Feature[]): GeoJSONVT | undefined {
  if (features.length === 0) return undefined
  const options = { maxZoom: zoomMax, indexMaxZoom: 0, indexMaxPoints: 0, tolerance: 3, extent }
  return new GeoJSONVT(
    { type: 'FeatureCollection', features },
    { ...options, buffer: buffers[name] ?? buffer },
  )
}

/** The tiles of zoom `z` within one of a smaller or the same zoom. */
function* within(tile: Coordinates, z: number): Generator<Coordinates> {
  const side = 2 ** (z - tile.z)
  for (let x = tile.x * side; x < (tile.x + 1) * side; x++) {
    for (let y = tile.y * side; y < (tile.y + 1) * side; y++) yield { z, x, y }
  }
}
