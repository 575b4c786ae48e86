import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import { runs } from '../../../test/support/runs.ts'
import { Slots } from './slots.ts'

it('finds every id in its slot, whatever was added and removed before', () => {
  const id = fc.oneof(fc.nat(50), fc.maxSafeInteger().map(Math.abs), fc.constant(2 ** 53 - 1))
  const step = fc.record({ isAdded: fc.boolean(), id })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 3_000, size: 'max' }), (steps) => {
      const slots = new Slots()
      const model: number[] = []
      const found: number[] = []
      const expected: number[] = []
      for (const { isAdded, id: given } of steps) {
        const known = model.indexOf(given)
        found.push(slots.find(given))
        expected.push(known)
        if (isAdded) {
          if (known >= 0) continue
          found.push(slots.add(given))
          expected.push(model.push(given) - 1)
        } else {
          found.push(slots.remove(given))
          expected.push(known)
          if (known < 0) continue
          const last = model.pop()
          if (known < model.length && last !== undefined) model[known] = last
        }
      }
      expect(found).toEqual(expected)
      expect(Array.from({ length: slots.count }, (_, slot) => slots.id(slot))).toEqual(model)
      for (const [slot, kept] of model.entries()) expect(slots.find(kept)).toBe(slot)
    }),
    { numRuns: runs({ test: 20, rest: 500 }) },
  )
})
