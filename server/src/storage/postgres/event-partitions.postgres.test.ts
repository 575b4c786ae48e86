import { afterEach, beforeEach, expect, it } from 'vitest'

import { newStore, type NewStore } from '../../../test/support/engine.ts'
import type { Store } from '../../domain/store.ts'
import { maintain } from '../../rules/maintenance.ts'
import {
  addAccount,
  addVisits,
  newEventId,
  readAll,
  start,
  world,
} from '../contract/example-store.ts'

const dayMs = 24 * 3_600_000
const retentionMs = 3 * dayMs

let opened: NewStore
let store: Store
let now: number

beforeEach(async () => {
  now = start
  opened = await newStore(() => now, { isUnused: true })
  ;({ store } = opened)
})
afterEach(() => store[Symbol.asyncDispose]())

const background = () =>
  maintain(store, {
    fixed: [],
    clock: () => now,
    retentionMs,
    repLocationMs: 60 * dayMs,
    newEventId,
    onError: (error) => {
      throw error
    },
  })
const streamOf = async (account: number) =>
  (await store.events.read(account, { offset: 0, limit: 0 })).stream

it('drops days whole when all in them is past the retention, and not before (5.6)', async () => {
  const account = await addAccount(store, 'Days')
  const idle = await addAccount(store, 'Idle')
  await background()
  for (let day = 0; day < 4; day++) {
    now = start + day * dayMs
    await background()
    await addVisits(store, account, world.slice(day * 10, day * 10 + 10))
    if (day === 0) await addVisits(store, idle, world.slice(0, 1))
  }
  // The events of day n are of 8 o'clock; a day ends at midnight.
  now = start + 3 * dayMs + 16 * 3_600_000 - 1
  await background()
  expect(await streamOf(account)).toMatchObject({ head: 40, lastDropped: 0 })
  now++
  await background()
  expect(await streamOf(account)).toMatchObject({ head: 40, lastDropped: 10 })
  expect(await streamOf(idle)).toMatchObject({ head: 1, lastDropped: 1 })
  expect(await readAll(store, account, 10)).toHaveLength(30)
  expect(await store.check(account)).toEqual([])
  expect(await store.check(idle)).toEqual([])
})

it('drops by rows what lay there before the first partition, and leaves partitions alone', async () => {
  const account = await addAccount(store, 'Before')
  await addVisits(store, account, world.slice(0, 10))
  await background()
  now = start + 3_600_000
  await addVisits(store, account, world.slice(10, 20))
  now = start + dayMs
  await addVisits(store, account, world.slice(20, 30))
  expect(await store.events.drop(account, start + 1, 2000)).toBe(10)
  expect(await store.events.drop(account, start + 9 * dayMs, 2000)).toBe(10)
  expect(await store.events.drop(account, start + 9 * dayMs, 2000)).toBe(0)
  expect(await streamOf(account)).toMatchObject({ head: 30, lastDropped: 20 })
  expect(await store.check(account)).toEqual([])
})

it('drops what lies outside of partitions together with a younger one', async () => {
  const account = await addAccount(store, 'Both')
  await addVisits(store, account, world.slice(0, 10))
  await store.events.rotate(now, retentionMs)
  now = start + dayMs
  await addVisits(store, account, world.slice(10, 20))
  now = start + 9 * dayMs
  await store.events.rotate(now, retentionMs)
  expect(await streamOf(account)).toMatchObject({ head: 20, lastDropped: 20 })
  expect(await readAll(store, account)).toEqual([])
  expect(await store.check(account)).toEqual([])
})

it('goes on while others read and write', async () => {
  const account = await addAccount(store, 'Busy')
  let isOver = false
  const visits = world.slice(0, 80).map((visit, n) => ({ ...visit, id: 10_000 + n }))
  const writing = (async () => {
    for (const visit of visits) {
      await addVisits(store, account, [visit])
      now += dayMs / 8
    }
  })().finally(() => (isOver = true))
  const reading = (async () => {
    while (!isOver) {
      const { stream } = await store.events.read(account, { offset: 0, limit: 100 })
      const offset = stream.lastDropped
      const page = await store.events.read(account, { offset, limit: 100 })
      if (page.stream.lastDropped !== offset) continue
      const items: unknown[] = JSON.parse(`[${page.items.toString()}]`)
      expect(items.length).toBe(Math.min(100, page.stream.head - offset))
    }
  })()
  while (!isOver) await store.events.rotate(now, retentionMs)
  await Promise.all([writing, reading])
  await background()
  const { head, lastDropped } = await streamOf(account)
  expect(head).toBe(visits.length)
  expect(lastDropped).toBeGreaterThan(0)
  expect(await store.check(account)).toEqual([])
})
