import { setTimeout as pause } from 'node:timers/promises'

import fc from 'fast-check'
import { expect, it } from 'vitest'

import { runs } from '../../test/support/runs.ts'
import { Turns } from './turns.ts'

const numRuns = runs({ test: 50, rest: 1_000 })

const work = fc.record({ ms: fc.integer({ min: 0, max: 3 }), fails: fc.boolean() })

it('runs two at once, lets twenty wait in their order, and refuses the others (9.5)', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(work, { maxLength: 40 }), async (works) => {
      const turns = new Turns(2, 20, 'Too many work. Try again.')
      const begun: number[] = []
      let running = 0
      const all = works.map(({ ms, fails }, index) =>
        turns.run(async () => {
          begun.push(index)
          expect(++running).toBeLessThanOrEqual(2)
          await pause(ms)
          running--
          if (fails) throw new Error('failed')
        }),
      )
      const ended = await Promise.allSettled(all)
      const busy = ended.filter((one) => one.status === 'rejected' && one.reason.code === 'busy')
      expect(busy).toHaveLength(Math.max(0, works.length - 22))
      expect(begun).toEqual(Array.from({ length: Math.min(22, works.length) }, (_, n) => n))
      expect(await turns.run(async () => 'free')).toBe('free')
    }),
    { numRuns },
  )
})
