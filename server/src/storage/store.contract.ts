import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { parsePosition, resumeOffset } from '../domain/positions.ts'
import type { Store, Viewer, VisitFilter, VisitListRequest } from '../domain/store.ts'
import { newUser } from '../domain/users.ts'
import { importRecords } from '../domain/record-imports.ts'
import { importVisits, type SellVisit } from '../domain/visit-imports.ts'
import type { VerificationStatus } from '../domain/visits.ts'

/** How the contract gets at an implementation: an empty store whose clock the tests turn. */
export interface StoreUnderTest {
  readonly store: Store
  setTime(ms: number): void
}

const statuses: readonly VerificationStatus[] = [
  'verified',
  'resource_location_too_far',
  'location_unknown',
  'location_services_disabled',
]
const admin: Viewer = { userId: 1, isAdmin: true }
const start = Date.UTC(2026, 0, 5, 8)
const hourMs = 3_600_000

/** A small world in which every filter and every pair of filters has some visits, and some none. */
const world: readonly SellVisit[] = Array.from({ length: 240 }, (_, n) => ({
  id: 1000 + n * 3,
  creatorId: 11 + (n % 5),
  outcomeId: n % 7 === 0 ? null : 51 + (n % 3),
  resourceType: n % 11 === 0 ? 'prospect_and_customer' : n % 2 === 0 ? 'lead' : 'contact',
  resourceId: 901 + (n % 13),
  visitedAt: start + ((n * 37) % 40) * hourMs,
  resourceAddress: `${n} Harbour Road`,
  status: statuses[n % 4] ?? 'verified',
  summary: `visit ${n}, “quoted” — ünïcode, \\ and "`,
  createdAt: start + n * hourMs,
  updatedAt: start + n * hourMs,
}))

let eventNumber = 0
const newEventId = () => `event-${++eventNumber}`

/** What every store promises; `open` gives a new, empty one. */
export function describeStore(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`${name}: lists of visits`, () => describeLists(open))
  describe(`${name}: who sees which visits`, () => describeVisibility(open))
  describe(`${name}: the stream`, () => describeStream(open))
  describe(`${name}: transactions`, () => describeTransactions(open))
}

async function addAccount(store: Store, name: string): Promise<number> {
  return store.accounts.add({
    name,
    currency: 'EUR',
    timeFormat: '24H',
    timezone: 'UTC+01:00',
    phone: null,
    subdomain: null,
    createdAt: start,
    updatedAt: start,
  })
}

const addVisits = (store: Store, account: number, visits: readonly SellVisit[]) =>
  store.write(account, (tx) => importVisits(tx, visits, newEventId))

const request = (given: Partial<VisitListRequest> = {}): VisitListRequest => ({
  offset: 0,
  limit: 100,
  sort: { field: 'id', descending: false },
  filter: {},
  viewer: admin,
  ...given,
})

async function listIds(store: Store, account: number, given: VisitListRequest): Promise<number[]> {
  const { items, count } = await store.visits.list(account, given)
  const answered: { data: { id: number } }[] = JSON.parse(`[${Buffer.from(items)}]`)
  expect(answered).toHaveLength(count)
  return answered.map(({ data }) => data.id)
}

/** All ids of a list, page by page, as a client reads them. */
async function walk(store: Store, account: number, given: VisitListRequest): Promise<number[]> {
  const ids: number[] = []
  for (let offset = 0; ; offset += given.limit) {
    ids.push(...(await listIds(store, account, { ...given, offset })))
    const { hasMore } = await store.visits.list(account, { ...given, offset })
    if (!hasMore) return ids
  }
}

const kindOf = (visit: SellVisit) => (visit.resourceType === 'lead' ? 'lead' : 'contact')

function expected(
  visits: readonly SellVisit[],
  filter: VisitFilter,
  sort: VisitListRequest['sort'],
) {
  const { outcomeId, creatorId, resourceKind, resourceId, status, ids } = filter
  const sign = sort.descending ? -1 : 1
  return visits
    .filter((visit) => outcomeId === undefined || visit.outcomeId === outcomeId)
    .filter((visit) => creatorId === undefined || visit.creatorId === creatorId)
    .filter((visit) => resourceKind === undefined || kindOf(visit) === resourceKind)
    .filter((visit) => resourceId === undefined || visit.resourceId === resourceId)
    .filter((visit) => status === undefined || visit.status === status)
    .filter((visit) => ids === undefined || ids.includes(visit.id))
    .toSorted((a, b) => {
      const byTime = sort.field === 'visited_at' ? a.visitedAt - b.visitedAt : 0
      return sign * (byTime || a.id - b.id)
    })
    .map(({ id }) => id)
}

const filters: readonly VisitFilter[] = [
  {},
  { outcomeId: 52 },
  { creatorId: 13 },
  { resourceKind: 'lead' },
  { resourceKind: 'contact' },
  { resourceKind: 'contact', resourceId: 905 },
  { status: 'location_unknown' },
  { ids: [1003, 1000, 1006, 999_999, 1240] },
]

const pairs: readonly VisitFilter[] = filters
  .flatMap((one, at) => filters.slice(at + 1).map((other) => ({ ...one, ...other })))
  .concat([{ outcomeId: 51, status: 'verified' }, { creatorId: 99 }])

const sorts: readonly VisitListRequest['sort'][] = [
  { field: 'id', descending: false },
  { field: 'id', descending: true },
  { field: 'visited_at', descending: false },
  { field: 'visited_at', descending: true },
]

function describeLists(open: () => Promise<StoreUnderTest>): void {
  let store: Store
  let account: number
  beforeAll(async () => {
    ;({ store } = await open())
    account = await addAccount(store, 'Lists')
    await addVisits(store, account, world)
  })
  afterAll(() => store[Symbol.asyncDispose]())

  it('puts every filter and every pair in every total order (3.4, 4.2, 4.3)', async () => {
    for (const filter of [...filters, ...pairs]) {
      for (const sort of sorts) {
        const ids = await walk(store, account, request({ filter, sort, limit: 7 }))
        expect(ids, JSON.stringify({ filter, sort })).toEqual(expected(world, filter, sort))
      }
    }
  })

  it('answers any page of any list, in any order of asking (3.1, 3.2)', async () => {
    const anyRequest = fc.record({
      offset: fc.nat(260),
      limit: fc.integer({ min: 1, max: 100 }),
      sort: fc.constantFrom(...sorts),
      filter: fc.constantFrom(...filters, ...pairs),
    })
    await fc.assert(
      fc.asyncProperty(anyRequest, async (given) => {
        const all = expected(world, given.filter, given.sort)
        const ids = await listIds(store, account, request(given))
        expect(ids).toEqual(all.slice(given.offset, given.offset + given.limit))
        const { hasMore } = await store.visits.list(account, request(given))
        expect(hasMore).toBe(given.offset + given.limit < all.length)
      }),
      { numRuns: 400 },
    )
  })

  it('sees a new visit at once, also deep in a list that was read before (3.3)', async () => {
    const deep = request({ offset: 200, limit: 20 })
    const before = await listIds(store, account, deep)
    const [sample] = world
    if (!sample) throw new Error('the world is empty')
    await addVisits(store, account, [{ ...sample, id: 2 }])
    const after = await listIds(store, account, deep)
    expect(after.slice(1)).toEqual(before.slice(0, -1))
    await store.write(account, async (tx) => tx.visits.remove([{ id: 2, sequence: 2 }]))
    expect(await listIds(store, account, deep)).toEqual(before)
  })

  it('keeps accounts apart: the same ids there are other visits (2.3)', async () => {
    const other = await addAccount(store, 'Other')
    await addVisits(
      store,
      other,
      world.slice(0, 10).map((visit) => ({ ...visit, summary: 'theirs' })),
    )
    expect(await listIds(store, other, request())).toHaveLength(10)
    const { items } = await store.visits.list(account, request())
    expect(Buffer.from(items).includes('theirs')).toBe(false)
    const { stream } = await store.events.read(other, { offset: 0, limit: 0 })
    expect(stream.head).toBe(10)
  })

  it('counts the visits whose people, outcomes or records are not known', async () => {
    const missing = await store.visits.countMissingReferences(account)
    const leads = world.filter((visit) => kindOf(visit) === 'lead').length
    expect(missing).toEqual({
      creators: world.length,
      outcomes: world.filter(({ outcomeId }) => outcomeId !== null).length,
      leads,
      contacts: world.length - leads,
    })
  })
}

function describeVisibility(open: () => Promise<StoreUnderTest>): void {
  let store: Store
  let account: number
  const manager: Viewer = { userId: 12, isAdmin: false }
  beforeAll(async () => {
    ;({ store } = await open())
    account = await addAccount(store, 'Visibility')
    await store.write(account, async (tx) => {
      // 12 leads 13, who leads 14; 11 and 15 stand apart.
      const bosses = { 11: null, 12: null, 13: 12, 14: 13, 15: null }
      const users = Object.entries(bosses).map(([id, reportsTo]) =>
        newUser(
          {
            id: Number(id),
            name: `Rep ${id}`,
            email: `${id}@example.com`,
            role: 'user',
            reportsTo,
          },
          start,
        ),
      )
      await tx.users.save(users)
    })
    await addVisits(store, account, world)
  })
  afterAll(() => store[Symbol.asyncDispose]())

  const madeBy = (...creators: number[]) =>
    world.filter(({ creatorId }) => creators.includes(creatorId))

  it('shows a rep their own visits, a manager those of everyone below (2.4)', async () => {
    for (const sort of sorts) {
      const own = request({ sort, limit: 9, viewer: { userId: 14, isAdmin: false } })
      expect(await walk(store, account, own)).toEqual(expected(madeBy(14), {}, sort))
      const team = request({ sort, limit: 9, viewer: manager })
      expect(await walk(store, account, team)).toEqual(expected(madeBy(12, 13, 14), {}, sort))
    }
  })

  it('shows visits to records that one of them owns now, and no longer (2.4)', async () => {
    const own = (ownerId: number | null, updatedAt: number) =>
      store.write(account, (tx) =>
        importRecords(tx.leads, [
          { id: 905, ownerId, attributes: '{}', point: null, createdAt: start, updatedAt },
        ]),
      )
    const isTo905 = (visit: SellVisit) => kindOf(visit) === 'lead' && visit.resourceId === 905
    await own(14, start)
    const seen = world.filter((visit) => [12, 13, 14].includes(visit.creatorId) || isTo905(visit))
    for (const filter of [...filters, ...pairs]) {
      for (const sort of sorts) {
        const ids = await walk(store, account, request({ filter, sort, viewer: manager, limit: 9 }))
        expect(ids, JSON.stringify({ filter, sort })).toEqual(expected(seen, filter, sort))
      }
    }
    await own(null, start + 1)
    const after = await walk(store, account, request({ viewer: manager, limit: 9 }))
    expect(after).toEqual(expected(madeBy(12, 13, 14), {}, sorts[0] ?? request().sort))
  })

  it('follows a change of who reports to whom at once (2.4)', async () => {
    const list = request({ viewer: { userId: 15, isAdmin: false } })
    expect(await walk(store, account, list)).toEqual(expected(madeBy(15), {}, list.sort))
    await store.write(account, async (tx) => {
      const rep = (await tx.users.find([11])).get(11)
      if (rep) await tx.users.save([{ ...rep, reportsTo: 15 }])
    })
    expect(await walk(store, account, list)).toEqual(expected(madeBy(11, 15), {}, list.sort))
  })

  it('answers the same for a team of hundreds (2.4)', async () => {
    await store.write(account, (tx) =>
      tx.users.save(
        Array.from({ length: 300 }, (_, n) =>
          newUser(
            { id: 5000 + n, name: 'Rep', email: `r${n}@example.com`, role: 'user', reportsTo: 14 },
            start,
          ),
        ),
      ),
    )
    for (const sort of sorts) {
      const list = request({ sort, viewer: manager, limit: 9 })
      expect(await walk(store, account, list)).toEqual(expected(madeBy(12, 13, 14), {}, sort))
    }
  })

  it('does not run in circles where people report to one another', async () => {
    await store.write(account, async (tx) => {
      const boss = (await tx.users.find([12])).get(12)
      if (boss) await tx.users.save([{ ...boss, reportsTo: 14 }])
    })
    const list = request({ viewer: { userId: 13, isAdmin: false } })
    expect(await walk(store, account, list)).toEqual(expected(madeBy(12, 13, 14), {}, list.sort))
  })
}

interface Told {
  readonly data: { readonly id: number; readonly summary: string | null }
  readonly meta: { readonly sequence: number; readonly event_type: string }
}

async function readAll(store: Store, account: number, from = 0, limit = 100): Promise<Told[]> {
  const told: Told[] = []
  for (let offset = from; ;) {
    const { items, stream } = await store.events.read(account, { offset, limit })
    told.push(...JSON.parse(`[${Buffer.from(items)}]`))
    offset = Math.min(stream.head, offset + limit)
    if (offset >= stream.head) return told
  }
}

function describeStream(open: () => Promise<StoreUnderTest>): void {
  let store: Store
  let setTime: StoreUnderTest['setTime']
  beforeAll(async () => {
    ;({ store, setTime } = await open())
  })
  afterAll(() => store[Symbol.asyncDispose]())

  it('tells every change once, in one order without gaps, under concurrent writers (5.5)', async () => {
    const account = await addAccount(store, 'Concurrent')
    const writers = Array.from({ length: 16 }, async (_, writer) => {
      for (let n = 0; n < 20; n++) {
        const visits = world
          .slice(n, n + 1 + (writer % 4))
          .map((visit) => ({ ...visit, summary: `${writer} ${n}`, updatedAt: start * 2 }))
        await addVisits(store, account, visits)
      }
    })
    const reader = (async () => {
      const told: Told[] = []
      for (let offset = 0, quiet = 0; quiet < 50;) {
        const { items, stream } = await store.events.read(account, { offset, limit: 7 })
        const read: Told[] = JSON.parse(`[${Buffer.from(items)}]`)
        expect(read).toHaveLength(Math.min(7, stream.head - offset))
        told.push(...read)
        offset += read.length
        quiet = read.length === 0 ? quiet + 1 : 0
        await new Promise((resolve) => setTimeout(resolve, 1))
      }
      return told
    })()
    await Promise.all(writers)
    const all = await readAll(store, account)
    expect(await reader).toEqual(all)
    const sequences = new Map<number, number>()
    for (const { data, meta } of all) {
      expect(meta.sequence).toBe((sequences.get(data.id) ?? 0) + 1)
      sequences.set(data.id, meta.sequence)
    }
    expect(await store.check(account)).toEqual([])
  })

  it('drops only what is older than the retention, and says from where on it is whole (5.6)', async () => {
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

  it('never lets time fall while offsets rise, so that retention cannot drop too much (5.6)', async () => {
    const account = await addAccount(store, 'Clock')
    setTime(start + hourMs)
    await addVisits(store, account, world.slice(0, 1))
    setTime(start)
    await addVisits(store, account, world.slice(1, 2))
    expect(await store.events.drop(account, start + hourMs, 2000)).toBe(0)
  })

  it('knows which positions a restored store never had (5.4)', async () => {
    const account = await addAccount(store, 'Restored')
    await addVisits(store, account, world.slice(0, 10))
    await store.events.raiseGeneration(account)
    await addVisits(store, account, world.slice(10, 20))
    const { stream } = await store.events.read(account, { offset: 0, limit: 0 })
    expect(stream).toMatchObject({ generation: 1, head: 20 })
    expect(resumeOffset({ generation: 0, offset: 10 }, stream)).toBe(10)
    expect(() => resumeOffset({ generation: 0, offset: 11 }, stream)).toThrow(/restored/)
    expect(() => resumeOffset({ generation: 2, offset: 1 }, stream)).toThrow(/no position/)
    expect(() => resumeOffset({ generation: 1, offset: 21 }, stream)).toThrow(/no position/)
    expect(parsePosition('ZmlyZWhvc2UudmlzaXQuYnlfYWNjb3VudCwwLDIyMjg=')?.offset).toBe(2228)
  })
}

function describeTransactions(open: () => Promise<StoreUnderTest>): void {
  let store: Store
  beforeAll(async () => {
    ;({ store } = await open())
  })
  afterAll(() => store[Symbol.asyncDispose]())

  it('leaves nothing behind of work that fails', async () => {
    const account = await addAccount(store, 'Failing')
    await addVisits(store, account, world.slice(0, 5))
    const failing = store.write(account, async (tx) => {
      await importVisits(tx, world.slice(5, 10), newEventId)
      throw new Error('on purpose')
    })
    await expect(failing).rejects.toThrow('on purpose')
    expect(await listIds(store, account, request())).toHaveLength(5)
    expect(await readAll(store, account)).toHaveLength(5)
    expect(await store.check(account)).toEqual([])
  })

  it('does not show a reader what is not committed', async () => {
    const account = await addAccount(store, 'Uncommitted')
    const seen: number[] = []
    await store.write(account, async (tx) => {
      await importVisits(tx, world.slice(0, 5), newEventId)
      seen.push((await listIds(store, account, request())).length)
      seen.push((await readAll(store, account)).length)
    })
    expect(seen).toEqual([0, 0])
    expect(await listIds(store, account, request())).toHaveLength(5)
  })

  it('notices when the table and the stream disagree', async () => {
    const account = await addAccount(store, 'Damaged')
    await addVisits(store, account, world.slice(0, 5))
    await store.write(account, async (tx) => {
      const visit = (await tx.visits.find([1000])).get(1000)
      if (visit) await tx.visits.save([{ ...visit, summary: 'changed behind the stream' }])
    })
    const [finding] = await store.check(account)
    expect(finding?.problem).toContain('1 visits differ from their newest event, among them 1000')
  })
}
