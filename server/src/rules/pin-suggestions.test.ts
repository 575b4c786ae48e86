import fc from 'fast-check'
import { expect, it } from 'vitest'

import { runs } from '../../test/support/runs.ts'
import type { StrayRecord } from '../domain/pin-suggestions.ts'
import { distanceM } from './distance.ts'
import { suggestPin } from './pin-suggestions.ts'

const visitAt = (latitude: number, longitude: number, given: object = {}) => ({
  latitude,
  longitude,
  evidence: JSON.stringify({
    reason: 'outside_radius',
    accuracy_m: 20,
    accuracy_confidence: 0.95,
    fix_at: '2026-05-09T07:30:00.000Z',
    flags: [],
    ...given,
  }),
})

const record = (visits: StrayRecord['visits'], latitude: number, longitude: number) =>
  ({
    kind: 'lead',
    id: 7,
    points: [{ latitude, longitude, precision: 'pin' }],
    radiusM: 300,
    visits,
  }) as const

/** Degrees that are at most about 22 m, at latitudes up to 60. */
const jitter = fc.double({ min: -0.0002, max: 0.0002, noNaN: true })

it('suggests a place among the visits, wherever on earth they are (10.13)', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -60, max: 60, noNaN: true }),
      fc.constantFrom(-180, -179.9999, 0, 13, 179.9999, 180),
      fc.array(fc.tuple(jitter, jitter), { minLength: 3, maxLength: 8 }),
      (latitude, longitude, jitters) => {
        const visits = jitters.map(([north, east]) => {
          const at = longitude + east
          return visitAt(latitude + north, at > 180 ? at - 360 : at < -180 ? at + 360 : at)
        })
        const suggestion = suggestPin(record(visits, latitude + 0.02, longitude))
        expect(suggestion?.visits).toBe(visits.length)
        const found = suggestion ?? { latitude: 0, longitude: 0 }
        expect(distanceM(found, { latitude, longitude })).toBeLessThan(50)
        expect(Math.abs(found.longitude)).toBeLessThanOrEqual(180)
      },
    ),
    { numRuns: runs({ test: 200, rest: 10_000 }) },
  )
})

it('takes a 68 % radius as the 95 % one that it means (10.13, 7)', () => {
  const sure = { accuracy_m: 31, accuracy_confidence: 0.68 }
  const visits = [visitAt(52, 13, sure), visitAt(52, 13, sure), visitAt(52, 13, sure)]
  expect(suggestPin(record(visits, 52.1, 13))).toBeUndefined()
  const better = visits.map(() => visitAt(52, 13, { ...sure, accuracy_m: 30 }))
  expect(suggestPin(record(better, 52.1, 13))?.visits).toBe(3)
})

it('suggests nothing near a further place of the record, or for one without any (10.13)', () => {
  const visits = [visitAt(52, 13), visitAt(52, 13), visitAt(52, 13)]
  const away = record(visits, 52.1, 13)
  expect(suggestPin(away)?.distanceM).toBeGreaterThan(11_000)
  const site = { latitude: 52.001, longitude: 13, precision: 'pin' } as const
  expect(suggestPin({ ...away, points: [...away.points, site] })).toBeUndefined()
  expect(suggestPin({ ...away, points: [] })).toBeUndefined()
})
