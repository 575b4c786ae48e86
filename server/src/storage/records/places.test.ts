import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { newOpenDatabase } from '../../../test/support/engine.ts'
import { runs } from '../../../test/support/runs.ts'
import type { Store } from '../../domain/store.ts'
import { addAccount, start } from '../contract/example-store.ts'
import { distanceM, isInBox, isNear, type Place } from '../contract/model-places.ts'
import type { Database } from '../database.ts'
import { createStore } from '../store.ts'
import { isInArea, type Area } from './places.ts'

let database: Database
let remove: () => Promise<void>
let store: Store
let account: number

const latitudes = [-90, -89.9999, -60, -0.001, 0, 5e-324, 0.001, 45, 66.6, 89.9, 89.9999, 90]
const longitudes = [-180, -179.9999, -120, -45.5, -0.001, 0, 0.001, 45, 120, 179.9999, 180]

/** A grid that has poles, the antimeridian, neighbours of both, and a number whose square is no double. */
const places: readonly Place[] = latitudes.flatMap((latitude) =>
  longitudes.map((longitude) => ({ latitude, longitude })),
)

beforeAll(async () => {
  ;({ database, remove } = await newOpenDatabase())
  store = createStore(
    database,
    () => start,
    () => {},
  )
  account = await addAccount(store, 'Places')
  await store.write(account, (tx) =>
    tx.leads.save(
      places.map((place, n) => ({
        id: n + 1,
        ownerId: null,
        attributes: '{}',
        point: { ...place, precision: 'pin' },
        verificationRadiusM: null,
        createdAt: start,
        updatedAt: start,
      })),
    ),
  )
})

afterAll(async () => {
  await store[Symbol.asyncDispose]()
  await remove()
})

async function found(area: Area): Promise<Place[]> {
  const { text, values } = isInArea(area)
  const rows = await database.query(
    `select id from leads where account_id = :account and ${text} order by id`,
    { ...values, account },
  )
  return rows.flatMap(({ id }) => places[Number(id) - 1] ?? [])
}

/** Degrees to six decimals. */
const near = (bounds: readonly number[], max: number) =>
  fc.oneof(
    fc.constantFrom(...bounds),
    fc.integer({ min: -max * 1e6, max: max * 1e6 }).map((millionths) => millionths / 1e6),
  )
const latitude = near(latitudes, 90)
const longitude = fc.oneof(near(longitudes, 180), fc.constant(-3e-46))
const numRuns = runs({ test: 200, rest: 2_000 })

it('finds what is in a box, also across the antimeridian and at the poles (4.5)', async () => {
  const side = near(longitudes, 180)
  const boxes = fc.tuple(side, side, latitude, latitude)
  await fc.assert(
    fc.asyncProperty(boxes, async ([west, east, one, other]) => {
      const bbox = { west, east, south: Math.min(one, other), north: Math.max(one, other) }
      expect(await found({ bbox })).toEqual(places.filter((place) => isInBox(place, bbox)))
    }),
    { numRuns },
  )
})

it('finds what is near, also across the antimeridian and at the poles (4.5)', async () => {
  const radius = fc.oneof(
    fc.constantFrom(0, 1, 20, 500, 10_007_543, 20_015_115, 20_100_000),
    fc.double({ min: 0, max: 20_100_000, noNaN: true }),
  )
  await fc.assert(
    fc.asyncProperty(latitude, longitude, radius, async (lat, lng, radiusM) => {
      const circle = { latitude: lat, longitude: lng, radiusM }
      // NOTE: two formulas may differ by less than a metre at the edge.
      const clear = places.filter((place) => Math.abs(distanceM(place, circle) - radiusM) > 1)
      const isClear = (place: Place) => clear.includes(place)
      const answer = await found({ near: circle })
      expect(answer.filter(isClear)).toEqual(clear.filter((place) => isNear(place, circle)))
    }),
    { numRuns },
  )
})

it('finds what is both near and in a box (4.5)', async () => {
  const circle = { latitude: 0, longitude: 180, radiusM: 8_000_000 }
  const bbox = { west: 170, south: -1, east: 179.99999, north: 1 }
  expect(await found({ near: circle, bbox })).toEqual([
    { latitude: -0.001, longitude: 179.9999 },
    { latitude: 0, longitude: 179.9999 },
    { latitude: 5e-324, longitude: 179.9999 },
    { latitude: 0.001, longitude: 179.9999 },
  ])
})
