import { afterAll, beforeAll, expect, it } from 'vitest'

import type { Store } from '../../domain/store.ts'
import { addAccount, type OpenStore, start } from './example-store.ts'

const size = { capacity: 60, refillPerMs: 1 / 1000 }

export function describeRateBuckets(open: OpenStore): void {
  let store: Store
  let other: Store
  let account: number
  beforeAll(async () => {
    const opened = await open()
    store = opened.store
    other = await opened.openAgain()
    account = await addAccount(store, 'Limited')
  })
  afterAll(async () => {
    await other[Symbol.asyncDispose]()
    await store[Symbol.asyncDispose]()
  })

  const spend = async (by: Store, key: string, count: number, since = start, of?: number) => {
    const [left] = await by.rateBuckets.spend([{ account: of ?? account, key, count, since }], size)
    return left
  }

  it('starts full, and subtracts what every process has let through (8.4)', async () => {
    expect(await spend(store, 'a', 10)).toEqual({ key: 'a', level: 50, at: start })
    expect(await spend(other, 'a', 20)).toEqual({ key: 'a', level: 30, at: start })
    expect(await spend(store, 'a', 5)).toEqual({ key: 'a', level: 25, at: start })
  })

  it('refills over time, and never above its capacity (8.4)', async () => {
    await spend(store, 'b', 40)
    expect(await spend(other, 'b', 1, start + 10_000)).toMatchObject({ level: 29 })
    expect(await spend(other, 'b', 1, start + 3_600_000)).toMatchObject({ level: 59 })
  })

  it('counts a late report as if it had come at once, and counts no time twice (8.4)', async () => {
    await spend(store, 'c', 10, start + 5_000)
    const late = await spend(other, 'c', 10, start)
    expect(late).toEqual({ key: 'c', level: 40, at: start + 5_000 })
  })

  it('goes into debt by its capacity at most (8.4)', async () => {
    expect(await spend(store, 'd', 500)).toMatchObject({ level: -60 })
    expect(await spend(other, 'd', 500)).toMatchObject({ level: -60 })
    expect(await spend(other, 'd', 1, start + 61_000)).toMatchObject({ level: 0 })
  })

  it('separates senders, and reports many of them at once (8.4)', async () => {
    const spent = Array.from({ length: 300 }, (_, index) => ({
      account: index % 2 === 0 ? account : undefined,
      key: `many ${index}`,
      count: 1 + (index % 7),
      since: start,
    }))
    const reversed = spent.toReversed()
    const reported = await Promise.all([
      store.rateBuckets.spend(spent, size),
      other.rateBuckets.spend(reversed, size),
    ])
    const levels = new Map(reported.flat().map(({ key }) => [key, 0]))
    expect(levels.size).toBe(300)
    for (const { key, level } of reported.flat())
      levels.set(key, Math.min(level, levels.get(key) || 60))
    for (const { key, count } of spent) expect(levels.get(key)).toBe(60 - 2 * count)
  })

  const take = (by: Store, key: string, at = start) =>
    by.rateBuckets.take({ account: undefined, key, at }, size)

  it('serves the first to ask, and gives nothing back for the refused (9.5)', async () => {
    for (const asked of [60, 200]) {
      const waits = await Promise.all(
        Array.from({ length: asked }, (_, n) => take(n % 2 === 0 ? store : other, 'f')),
      )
      expect(waits.filter((waitMs) => waitMs === 0)).toHaveLength(asked === 60 ? 60 : 0)
      expect(new Set(waits.filter((waitMs) => waitMs > 0))).toEqual(
        new Set(asked === 60 ? [] : [1_000]),
      )
    }
    expect(await take(other, 'f', start + 400)).toBeCloseTo(600)
    // A refused request does not delay the refill.
    expect(await take(other, 'f', start + 1_001)).toBe(0)
    expect(await take(store, 'f', start)).toBeCloseTo(999)
  })

  it('is full again after it was dropped (8.4)', async () => {
    await spend(store, 'e', 60)
    await store.rateBuckets.drop(start)
    expect(await spend(store, 'e', 1)).toMatchObject({ level: -1 })
    await store.rateBuckets.drop(start + 1)
    expect(await spend(store, 'e', 1)).toMatchObject({ level: 59 })
  })
}
