import { afterAll, beforeAll, expect, it } from 'vitest'

import { newOpenDatabase } from '../../../test/support/engine.ts'
import type { Store } from '../../domain/store.ts'
import { newUser } from '../../domain/users.ts'
import type { VisitListRequest } from '../../domain/visits.ts'
import { addAccount, addVisits, request, start, world } from '../contract/example-store.ts'
import { expected, sorts } from '../contract/filter-examples.ts'
import type { Database, ReadableDatabase } from '../database.ts'
import { createStore } from '../store.ts'
import { visitPages } from './pages.ts'

const writersCount = 8
const readsCount = 150

let database: Database
let remove: () => Promise<void>
let store: Store
let account: number

beforeAll(async () => {
  ;({ database, remove } = await newOpenDatabase())
  store = createStore(
    database,
    () => start,
    () => {},
  )
  account = await addAccount(store, 'Busy')
  await store.write(account, (tx) =>
    tx.users.save([11, 12, 13, 14, 15].map((id) => rep(id, id === 13 ? 12 : null))),
  )
  await addVisits(store, account, world)
})

afterAll(async () => {
  await store[Symbol.asyncDispose]()
  await remove()
})

const rep = (id: number, reportsTo: number | null) =>
  newUser({ id, name: `Rep ${id}`, email: `${id}@example.com`, role: 'user', reportsTo }, start)

/** A database where somebody else writes before every statement. */
function busy(write: () => Promise<unknown>): ReadableDatabase & { readonly count: () => number } {
  let count = 0
  return {
    db: database.db,
    dialect: database.dialect,
    async query(text, values) {
      count++
      await write()
      return database.query(text, values)
    },
    count: () => count,
    [Symbol.asyncDispose]: async () => {},
  }
}

const visibleTo = (ids: readonly number[], { filter, sort, offset, limit }: VisitListRequest) =>
  expected(
    world.filter(({ creatorId }) => ids.includes(creatorId)),
    filter,
    sort,
  ).slice(offset, offset + limit)

async function idsOf(pages: ReturnType<typeof visitPages>, given: VisitListRequest) {
  const { items } = await pages.list(account, given)
  const answered: { data: { id: number } }[] = JSON.parse(`[${items.toString()}]`)
  return answered.map(({ data }) => data.id)
}

it('lists pages, from cached starts too, while others write before every statement (2.4, 3.2)', async () => {
  const write = () => store.write(account, async () => {})
  const database = busy(write)
  const pages = visitPages(database)
  for (const sort of sorts) {
    for (const viewer of [
      { userId: 12, isAdmin: false },
      { userId: 1, isAdmin: true },
    ]) {
      const team = viewer.isAdmin ? [11, 12, 13, 14, 15] : [12, 13]
      for (const offset of [0, 9, 18, 27, 18, 9, 0]) {
        const given = request({ sort, viewer, offset, limit: 9 })
        const before = database.count()
        expect(await idsOf(pages, given)).toEqual(visibleTo(team, given))
        // The revision, the page, and at most one more time.
        expect(database.count() - before).toBeLessThanOrEqual(4)
      }
    }
  }
})

it('lists what a moment of the team shows while it changes before every statement (2.4)', async () => {
  // 14 and 15 report to 12, each from one write to another.
  let writes = 0
  const write = () => {
    writes++
    return store.write(account, (tx) =>
      tx.users.save([rep(14, writes % 2 === 0 ? 12 : null), rep(15, writes % 2 === 0 ? null : 12)]),
    )
  }
  const pages = visitPages(busy(write))
  for (const sort of sorts) {
    for (const offset of [0, 9, 18, 9]) {
      const given = request({ sort, viewer: { userId: 12, isAdmin: false }, offset, limit: 9 })
      const ids = await idsOf(pages, given)
      const now = writes % 2 === 0 ? [12, 13, 14] : [12, 13, 15]
      expect(ids).toEqual(visibleTo(now, given))
    }
  }
})

it('lists what a moment of the team that is asked for shows while it changes (4.5)', async () => {
  let writes = 0
  const write = () => {
    writes++
    return store.write(account, (tx) =>
      tx.users.save([rep(14, writes % 2 === 0 ? 12 : null), rep(15, writes % 2 === 0 ? null : 12)]),
    )
  }
  const pages = visitPages(busy(write))
  for (const sort of sorts) {
    for (const offset of [0, 9, 18, 9]) {
      const given = request({ sort, filter: { below: 12 }, offset, limit: 9, includeTotal: true })
      const { items, total } = await pages.list(account, given)
      const answered: { data: { id: number } }[] = JSON.parse(`[${items.toString()}]`)
      const now = writes % 2 === 0 ? [12, 13, 14] : [12, 13, 15]
      const plain = { ...given, filter: {} }
      expect(answered.map(({ data }) => data.id)).toEqual(visibleTo(now, plain))
      expect(total).toBe(visibleTo(now, { ...plain, offset: 0, limit: 1000 }).length)
    }
  }
})

it('reads a page in one statement while nobody writes, with the team it knows (2.4)', async () => {
  const database = busy(async () => {})
  const pages = visitPages(database)
  const viewer = { userId: 12, isAdmin: false }
  await pages.list(account, request({ viewer, limit: 9 }))
  const before = database.count()
  await pages.list(account, request({ viewer, limit: 9, offset: 9 }))
  expect(database.count() - before).toBe(1)
})

it('answers every list of a busy account (2.4)', async () => {
  let isOver = false
  let writes = 0
  const [sample] = world
  async function keepWriting(number: number): Promise<void> {
    for (let id = 1_000_000 * number; !isOver; id++, writes++) {
      if (sample) await addVisits(store, account, [{ ...sample, id, creatorId: 15 }])
    }
  }
  const writers = Array.from({ length: writersCount }, (_, number) => keepWriting(number + 1))
  const viewer = { userId: 12, isAdmin: false }
  for (let read = 0; read < readsCount; read++) {
    const given = request({
      viewer,
      filter: { creatorIds: [13] },
      limit: 9,
      offset: 9 * (read % 3),
    })
    const { items } = await store.visits.list(account, given)
    const answered: { data: { id: number } }[] = JSON.parse(`[${items.toString()}]`)
    expect(answered.map(({ data }) => data.id)).toEqual(visibleTo([13], given))
  }
  isOver = true
  await Promise.all(writers)
  expect(writes).toBeGreaterThan(0)
})
