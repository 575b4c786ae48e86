import { isDeepStrictEqual } from 'node:util'

import fc from 'fast-check'
import { expect, it } from 'vitest'

import { PageCache } from './page-cache.ts'

const bytesMax = 1200

const pageOf = (name: string, revision: number, length: number) => ({
  items: Buffer.alloc(length, `${name}/${revision} `),
  count: revision,
  revision,
  hasMore: length % 2 === 0,
})

it('finds the page that was added last under a name and revision, or nothing', () => {
  const steps = fc.array(
    fc.record({
      name: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      revision: fc.integer({ min: 1, max: 3 }),
      length: fc.integer({ min: 0, max: 600 }),
      isAdded: fc.boolean(),
    }),
    { minLength: 1, maxLength: 40 },
  )
  fc.assert(
    fc.property(steps, (given) => {
      const cache = new PageCache(bytesMax)
      const added = new Map<string, { revision: number; length: number }>()
      const wrong: unknown[] = []
      for (const step of given) {
        const { name, revision, length, isAdded } = step
        if (isAdded) {
          cache.add(name, pageOf(name, revision, length))
          added.set(name, { revision, length })
        }
        const found = cache.find(name, revision)
        const last = added.get(name)
        const right = last?.revision === revision ? pageOf(name, revision, last.length) : undefined
        const isRight = found ? isDeepStrictEqual(found, right) : !isAdded
        if (!isRight) wrong.push({ step, found })
      }
      expect(wrong).toEqual([])
    }),
  )
})

it('keeps a page in use while others are added and evicted', () => {
  const cache = new PageCache(bytesMax)
  cache.add('used', pageOf('used', 1, 100))
  cache.add('unused', pageOf('unused', 1, 100))
  for (let turn = 0; turn < 40; turn++) {
    cache.add(`other ${turn}`, pageOf('other', 1, 100))
    expect(cache.find('used', 1)).toEqual(pageOf('used', 1, 100))
  }
  expect(cache.has('unused')).toBe(false)
})

it('returns pages that do not change when others take their place', () => {
  const cache = new PageCache(bytesMax)
  cache.add('first', pageOf('first', 1, 100))
  const found = cache.find('first', 1)
  for (let turn = 0; turn < 20; turn++) cache.add(`other ${turn}`, pageOf('other', 1, 100))
  expect(found).toEqual(pageOf('first', 1, 100))
})

it('evicts the oldest of many small pages, and rejects a page that would fill it', () => {
  const cache = new PageCache()
  for (let turn = 0; turn < 10_001; turn++) cache.add(`${turn}`, pageOf('small', 1, 10))
  expect([cache.has('0'), cache.has('1'), cache.has('10000')]).toEqual([false, true, true])
  cache.add('large', pageOf('large', 1, 7 * 1024 * 1024))
  expect(cache.has('large')).toBe(false)
})
