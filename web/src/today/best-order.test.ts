import fc from 'fast-check'
import { expect, it } from 'vitest'

import { bestOrder, type Place, wayLength } from './best-order.ts'

const place = fc.record({
  latitude: fc.double({ min: 38, max: 39, noNaN: true }),
  longitude: fc.double({ min: -10, max: -9, noNaN: true }),
})

const inOrder = (places: readonly Place[], order: readonly number[]): Place[] =>
  order.flatMap((index) => places[index] ?? [])

it('the best order has each stop once, and is never longer than the one given', () => {
  fc.assert(
    fc.property(fc.array(place, { maxLength: 14 }), fc.option(place), (places, start) => {
      const order = bestOrder(places, start)
      expect(order.toSorted((a, b) => a - b)).toEqual([...places.keys()])
      expect(wayLength(inOrder(places, order), start)).toBeLessThanOrEqual(wayLength(places, start))
    }),
  )
})

it('stops along a street are visited from one end to the other, beginning where the phone is', () => {
  const along = (step: number): Place => ({ latitude: 38.7, longitude: -9.1 + step / 100 })
  const places = [3, 1, 4, 0, 2].map(along)

  expect(bestOrder(places, along(-1))).toEqual([3, 1, 4, 0, 2])
  expect(bestOrder(places, along(5))).toEqual([2, 0, 4, 1, 3])
  expect(wayLength(inOrder(places, bestOrder(places, null)), null)).toBeCloseTo(
    wayLength([0, 1, 2, 3, 4].map(along), null),
    3,
  )
})

it('25 stops take less than 50 ms', () => {
  const places = fc.sample(place, { numRuns: 25, seed: 7 })
  bestOrder(places, null)
  const began = performance.now()
  bestOrder(places, { latitude: 38.5, longitude: -9.5 })
  expect(performance.now() - began).toBeLessThan(50)
})
