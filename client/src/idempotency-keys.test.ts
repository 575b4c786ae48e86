import { expect, it } from 'vitest'

import { newIdempotencyKey } from './idempotency-keys.ts'

it('creates unique keys: UUIDs of version 7 that start with the time', () => {
  const before = Date.now()
  const keys = Array.from({ length: 1000 }, newIdempotencyKey)
  const after = Date.now()
  for (const key of keys) {
    expect(key).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
    const time = Number.parseInt(key.replace('-', '').slice(0, 12), 16)
    expect(time).toBeGreaterThanOrEqual(before)
    expect(time).toBeLessThanOrEqual(after)
  }
  expect(new Set(keys).size).toBe(keys.length)
})
