import { isDeepStrictEqual } from 'node:util'

import fc from 'fast-check'
import { expect, it } from 'vitest'

import { PageCache } from './page-cache.ts'

const bytesMax = 1200

const pageOf = (name: string, revision: number, length: number) => ({
  items: Buffer.alloc(length, `${name}/${revision} `),
  count: revision,
  hasMore: length % 2 === 0,
})

it('finds what was kept last under a name and revision, or nothing', () => {
  const steps = fc.array(
    fc.record({
      name: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      revision: fc.integer({ min: 1, max: 3 }),
      length: fc.integer({ min: 0, max: 600 }),
      isKept: fc.boolean(),
    }),
    { minLength: 1, maxLength: 40 },
  )
  fc.assert(
    fc.property(steps, (given) => {
      const cache = new PageCache(bytesMax)
      const kept = new Map<string, { revision: number; length: number }>()
      const wrong: unknown[] = []
      for (const step of given) {
        const { name, revision, length, isKept } = step
        if (isKept) {
          cache.keep(name, revision, pageOf(name, revision, length))
          kept.set(name, { revision, length })
        }
        const found = cache.find(name, revision)
        const last = kept.get(name)
        const right = last?.revision === revision ? pageOf(name, revision, last.length) : undefined
        const isRight = found ? isDeepStrictEqual(found, right) : !isKept
        if (!isRight) wrong.push({ step, found })
      }
      expect(wrong).toEqual([])
    }),
  )
})

it('keeps a page that is asked for while others come and go', () => {
  const cache = new PageCache(bytesMax)
  cache.keep('used', 1, pageOf('used', 1, 100))
  cache.keep('unused', 1, pageOf('unused', 1, 100))
  for (let turn = 0; turn < 40; turn++) {
    cache.keep(`other ${turn}`, 1, pageOf('other', 1, 100))
    expect(cache.find('used', 1)).toEqual(pageOf('used', 1, 100))
  }
  expect(cache.has('unused')).toBe(false)
})

it('gives pages that stay as they are when others take their place', () => {
  const cache = new PageCache(bytesMax)
  cache.keep('first', 1, pageOf('first', 1, 100))
  const found = cache.find('first', 1)
  for (let turn = 0; turn < 20; turn++) cache.keep(`other ${turn}`, 1, pageOf('other', 1, 100))
  expect(found).toEqual(pageOf('first', 1, 100))
})

it('lets go of the oldest of many small pages, and does not take one that would fill it', () => {
  const cache = new PageCache()
  for (let turn = 0; turn < 10_001; turn++) cache.keep(`${turn}`, 1, pageOf('small', 1, 10))
  expect([cache.has('0'), cache.has('1'), cache.has('10000')]).toEqual([false, true, true])
  cache.keep('large', 1, pageOf('large', 1, 7 * 1024 * 1024))
  expect(cache.has('large')).toBe(false)
})
