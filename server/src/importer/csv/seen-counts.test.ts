import fc from 'fast-check'
import { expect, it } from 'vitest'

import { SeenCounts } from './seen-counts.ts'

it('counts as a map does', () => {
  const keys = fc.oneof(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 2 ** 53 - 1 }))
  fc.assert(
    fc.property(fc.array(keys, { maxLength: 3_000, size: 'max' }), (given) => {
      const seen = new SeenCounts()
      const model = new Map<number, number>()
      for (const key of given) {
        expect(seen.add(key)).toBe(model.get(key) ?? 0)
        model.set(key, (model.get(key) ?? 0) + 1)
      }
      for (const key of [...given, 7]) expect(seen.get(key)).toBe(model.get(key) ?? 0)
    }),
    { numRuns: 30 },
  )
})
