import type { Visit } from '@doorstep/contract/visits'
import { expect, it } from 'vitest'

import { placeAt } from '../map/places.ts'
import { allOf, drawnOf, firstOf } from './drawn.ts'

const main = { latitude: 49.41, longitude: 8.71 }
const far = placeAt(main, 8_000, -6_000)

const visit = {
  id: 1,
  outcome_id: null,
  rep_location_verification_status: 'resource_location_too_far',
  verification: { location: far },
} as unknown as Visit

const shown = { name: 'Corner Shop', radiusM: 300, record: undefined, main, proposed: undefined }

const heightM = ([, south, , north]: readonly number[] = []) =>
  ((north ?? 0) - (south ?? 0)) * 111_320

it('begins with the radius, and shows a visit far away only with all there is', () => {
  const drawn = drawnOf({ ...shown, visits: [visit] }, [])

  expect(heightM(firstOf(drawn, undefined))).toBeCloseTo(600, -1)
  expect(heightM(allOf(drawn, undefined))).toBeGreaterThan(6_000)
})

it('begins with a place that somebody proposes beside the pin', () => {
  const proposed = placeAt(main, 0, 2_000)
  const drawn = drawnOf({ ...shown, proposed, visits: [] }, [])

  expect(heightM(firstOf(drawn, undefined))).toBeCloseTo(2_600, -2)
})
