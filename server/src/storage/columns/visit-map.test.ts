import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import { runs } from '../../../test/support/runs.ts'
import type { VisitMap } from '../../domain/maps.ts'
import type { Box } from '../../domain/ranges.ts'
import { AccountColumns } from './account-columns.ts'
import { putRecord, putVisit } from './rows.ts'
import { visitMap } from './visit-map.ts'

const world: Box = { west: -180, south: -90, east: 180, north: 90 }

const degrees = (most: number) =>
  fc.oneof(
    fc.double({ min: -most, max: most, noNaN: true }),
    fc.constantFrom(-most, 0, most, most / 2, 85.06),
    fc.integer({ min: -most, max: most }),
  )

const place = fc.record({ latitude: degrees(90), longitude: degrees(180) })

/** Visits to records; a record or a rep without a place is null. */
const visits = fc.array(
  fc.record({
    record: fc.nat(5_000),
    recordPlace: fc.option(place, { freq: 4 }),
    repPlace: fc.option(place, { freq: 2 }),
    outcome: fc.option(fc.integer({ min: 1, max: 5 })),
    status: fc.nat(3),
  }),
  { maxLength: 4_000, size: 'max' },
)

type Given = typeof visits extends fc.Arbitrary<infer Value> ? Value : never

const nowhere = { latitude: null, longitude: null }

function columnsOf(given: Given): AccountColumns {
  const columns = new AccountColumns()
  for (const [at, visit] of given.entries()) {
    putRecord(columns, 0, visit.record, { owner_id: null, ...(visit.recordPlace ?? nowhere) })
    putVisit(columns, {
      id: at + 1,
      creator_id: 1,
      outcome_id: visit.outcome,
      status: visit.status,
      resource_kind: 0,
      resource_id: visit.record,
      visited_at: at,
      created_at: at,
      updated_at: at,
      reason: null,
      flags: 0,
      review: null,
      ...(visit.repPlace ?? nowhere),
    })
  }
  return columns
}

async function mapOf(columns: AccountColumns, box: Box, zoom: number): Promise<VisitMap> {
  const { add, finish } = visitMap(columns, { viewer: { userId: 1, isAdmin: true }, box, zoom })
  for (let slot = 0; slot < columns.visits.count; slot++) add(slot)
  return await finish()
}

const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0)

it('counts every visit once, at every zoom and over the tiles of the world (10.4)', async () => {
  const cuts = (most: number) =>
    fc
      .array(degrees(most), { maxLength: 3 })
      .map((inner) => [...new Set([-most, ...inner, most])].toSorted((a, b) => a - b))
  await fc.assert(
    fc.asyncProperty(
      visits,
      cuts(180),
      cuts(90),
      fc.integer({ min: 0, max: 22 }),
      async (given, meridians, parallels, zoom) => {
        const columns = columnsOf(given)
        const whole = await mapOf(columns, world, zoom)
        expect(whole.total).toBe(given.length)
        expect(whole.shown + whole.unmapped).toBe(whole.total)
        expect(whole.clusters.length + whole.points.length).toBeLessThanOrEqual(2_000)
        for (const { count, outcomes, statuses, box } of whole.clusters) {
          expect(sum(Object.values(outcomes))).toBe(count)
          expect(sum(Object.values(statuses))).toBe(count)
          expect(box.west <= box.east && box.south <= box.north).toBe(true)
        }
        expect(sum(whole.clusters.map(({ count }) => count)) + whole.points.length).toBe(
          whole.shown,
        )
        let tiles = 0
        for (const [x, west] of meridians.slice(0, -1).entries()) {
          for (const [y, south] of parallels.slice(0, -1).entries()) {
            const box = { west, south, east: meridians[x + 1] ?? 0, north: parallels[y + 1] ?? 0 }
            const { shown } = await mapOf(columns, box, zoom)
            tiles += shown
          }
        }
        expect(tiles).toBe(whole.shown)
      },
    ),
    { numRuns: runs({ test: 30, rest: 200 }) },
  )
})

it('keeps a door together, and joins views across the antimeridian (10.4)', async () => {
  const at = (record: number, longitude: number) => ({
    record,
    recordPlace: { latitude: 10, longitude },
    repPlace: null,
    outcome: null,
    status: 0,
  })
  const columns = columnsOf([at(1, 179.5), at(1, 179.5), at(2, -179.5), at(3, 180), at(4, -180)])
  const nearest = await mapOf(columns, world, 22)
  expect(nearest.clusters.map(({ count }) => count)).toEqual([2, 2])
  const across = await mapOf(columns, { west: 179, south: 0, east: -179, north: 20 }, 3)
  expect(across.shown).toBe(5)
  const beside = await mapOf(columns, { west: 179, south: 0, east: 180, north: 20 }, 3)
  expect(beside.shown).toBe(2)
})
