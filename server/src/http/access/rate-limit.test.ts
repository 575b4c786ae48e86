import { expect, it } from 'vitest'

import { RateLimit } from './rate-limit.ts'

const now = Date.UTC(2026, 0, 5)

function taken(count: number): RateLimit {
  const limit = new RateLimit(36_000)
  for (let n = 0; n < count; n++) limit.take('a', now + n, 1)
  return limit
}

it('reports no requests of a sender with few, and all of a sender with more (8.4)', () => {
  expect(taken(14).takeSpent()).toEqual([])
  const limit = taken(15)
  expect(limit.takeSpent()).toEqual([{ account: 1, key: 'a', count: 15, since: now }])
  expect(limit.takeSpent()).toEqual([])
})

it('reports again after a failed report, and reports no request twice (8.4)', () => {
  const limit = taken(20)
  limit.giveBack(limit.takeSpent())
  limit.take('a', now + 100, 1)
  limit.refund('a')
  expect(limit.takeSpent()).toEqual([{ account: 1, key: 'a', count: 20, since: now }])
})

it('allows what all processes have left, if that is less than its own (8.4)', () => {
  const limit = taken(20)
  limit.takeSpent()
  limit.learn([{ key: 'a', level: 600, at: now }], now + 20)
  expect(limit.take('a', now + 20).remaining).toBe(579)
  limit.learn([{ key: 'a', level: -5, at: now + 20 }], now + 20)
  // The shared level does not include what this process let through since.
  expect(limit.take('a', now + 20)).toEqual({ allowed: false, remaining: 0, waitS: 1 })
  expect(limit.take('a', now + 719).allowed).toBe(false)
  expect(limit.take('a', now + 721).allowed).toBe(true)
})
