import { afterAll, beforeAll, expect, it } from 'vitest'

import { parsePosition, resumeOffset } from '../../domain/positions.ts'
import type { Store } from '../../domain/store.ts'
import {
  type StoreUnderTest,
  type OpenStore,
  start,
  hourMs,
  world,
  addAccount,
  addVisits,
  type StreamItem,
  readAll,
} from './example-store.ts'

export function describeEvents(open: OpenStore): void {
  let store: Store
  let setTime: StoreUnderTest['setTime']
  beforeAll(async () => {
    ;({ store, setTime } = await open())
  })
  afterAll(() => store[Symbol.asyncDispose]())

  it('streams every change once, in one order without gaps, under concurrent writers (5.5)', async () => {
    const account = await addAccount(store, 'Concurrent')
    let isOver = false
    const writers = Array.from({ length: 16 }, async (_, writer) => {
      for (let n = 0; n < 20; n++) {
        const visits = world
          .slice(n, n + 1 + (writer % 4))
          .map((visit) => ({ ...visit, summary: `${writer} ${n}`, updatedAt: start * 2 }))
        await addVisits(store, account, visits)
      }
    })
    const written = Promise.all(writers).then(() => (isOver = true))
    const reader = (async () => {
      const events: StreamItem[] = []
      for (let offset = 0, isWhole = false; !isWhole;) {
        const isLast = isOver
        const { items, stream } = await store.events.read(account, { offset, limit: 7 })
        const read: StreamItem[] = JSON.parse(`[${items.toString()}]`)
        expect(read).toHaveLength(Math.min(7, stream.head - offset))
        events.push(...read)
        offset += read.length
        isWhole = isLast && read.length === 0
        await new Promise((resolve) => setTimeout(resolve, 1))
      }
      return events
    })()
    await written
    const all = await readAll(store, account)
    expect(await reader).toEqual(all)
    const sequences = new Map<number, number>()
    for (const { data, meta } of all) {
      expect(meta.sequence).toBe((sequences.get(data.id) ?? 0) + 1)
      sequences.set(data.id, meta.sequence)
    }
    expect(await store.check(account)).toEqual([])
  })

  it('drops only events older than the retention, and reports where the stream now starts (5.6)', async () => {
    const account = await addAccount(store, 'Retention')
    setTime(start)
    await addVisits(store, account, world.slice(0, 30))
    setTime(start + hourMs)
    await addVisits(store, account, world.slice(30, 50))
    expect(await store.events.drop(account, start, 2000)).toBe(0)
    expect(await store.events.drop(account, start + 1, 20)).toBe(20)
    expect(await store.events.drop(account, start + 1, 20)).toBe(10)
    const { stream } = await store.events.read(account, { offset: 0, limit: 1 })
    expect(stream).toMatchObject({ head: 50, lastDropped: 30 })
    expect(() => resumeOffset({ generation: 0, offset: 29 }, stream)).toThrow(/retention/)
    expect(resumeOffset({ generation: 0, offset: 30 }, stream)).toBe(30)
    expect(await store.events.drop(account, start + 9 * hourMs, 2000)).toBe(20)
    const after = await store.events.read(account, { offset: 50, limit: 1 })
    expect(resumeOffset({ generation: 0, offset: 50 }, after.stream)).toBe(50)
    expect(await store.check(account)).toEqual([])
  })

  it('never decreases the time while offsets increase, so that retention cannot drop too much (5.6)', async () => {
    const account = await addAccount(store, 'Clock')
    setTime(start + hourMs)
    await addVisits(store, account, world.slice(0, 1))
    setTime(start)
    await addVisits(store, account, world.slice(1, 2))
    expect(await store.events.drop(account, start + hourMs, 2000)).toBe(0)
  })

  it('recognizes positions that a restored store never had (5.4)', async () => {
    const account = await addAccount(store, 'Restored')
    await addVisits(store, account, world.slice(0, 10))
    const { generation } = await store.events.raiseGeneration(account, 'stream_reset')
    expect(generation).toBeGreaterThan(1)
    await addVisits(store, account, world.slice(10, 20))
    const { stream } = await store.events.read(account, { offset: 0, limit: 0 })
    expect(stream).toMatchObject({ generation, head: 20 })
    expect(resumeOffset({ generation: 0, offset: 10 }, stream)).toBe(10)
    expect(() => resumeOffset({ generation: 0, offset: 11 }, stream)).toThrow(/restored/)
    const later = generation + 1
    expect(() => resumeOffset({ generation: later, offset: 1 }, stream)).toThrow(/not a position/)
    expect(() => resumeOffset({ generation, offset: 21 }, stream)).toThrow(/not a position/)
    // Of a store that was restored from the same backup before, and lost.
    expect(() => resumeOffset({ generation: 1, offset: 1 }, stream)).toThrow(/restored/)
    expect(parsePosition('ZmlyZWhvc2UudmlzaXQuYnlfYWNjb3VudCwwLDIyMjg=')?.offset).toBe(2228)
  })
}
