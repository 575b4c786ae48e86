import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Visit } from '../../src/domain/visits.ts'
import { runs } from '../support/runs.ts'
import { people } from '../support/sell-items.ts'
import { startApp, type TestApp } from '../support/start.ts'
import { readByCursor, walkOn } from '../support/walk.ts'

let app: TestApp

beforeAll(async () => {
  app = await startApp()
})

afterAll(() => app.close())

const start = Date.UTC(2026, 0, 5, 8)
const { manager, rep, trainee, stranger } = people
const users = [manager, rep, trainee, stranger]
const leads = [901, 902, 903]

interface Row {
  readonly id: number
  readonly creator: number
  readonly lead: number
  readonly visited: number
  readonly created: number
  readonly updated: number
}

/** Everything that decides who sees which visit. */
interface World {
  readonly visits: Map<number, Row>
  readonly owners: Map<number, number>
  readonly bosses: Map<number, number | null>
}

const time = fc.integer({ min: 0, max: 5 })
const lead = fc.constantFrom(...leads)
const user = fc.constantFrom(...users)
const id = fc.integer({ min: 1, max: 30 })
const row = fc.record<Row>({
  id,
  creator: user,
  lead,
  visited: time,
  created: time,
  updated: time,
})

const toVisit = ({
  id: visitId,
  creator,
  lead: leadId,
  visited,
  created,
  updated,
}: Row): Visit => ({
  id: visitId,
  creatorId: creator,
  outcome: null,
  resourceType: 'lead',
  resourceId: leadId,
  resourceAddress: null,
  status: 'verified',
  latitude: null,
  longitude: null,
  summary: null,
  visitedAt: start + visited,
  createdAt: start + created,
  updatedAt: start + updated,
  source: { updatedAt: null, sequence: null, eventAt: null },
  evidence: null,
  review: null,
  sequence: 1,
})

const save = (rows: readonly Row[]) =>
  app.store.write(app.account, (tx) => tx.visits.save(rows.map(toVisit)))

const remove = (ids: readonly number[]) =>
  app.store.write(app.account, (tx) =>
    tx.visits.remove(ids.map((each) => ({ id: each, sequence: 1 }))),
  )

const own = (leadId: number, ownerId: number) =>
  app.store.write(app.account, (tx) =>
    tx.leads.save([
      {
        id: leadId,
        ownerId,
        attributes: '{"last_name":"Ode"}',
        point: null,
        verificationRadiusM: null,
        createdAt: start,
        updatedAt: start,
      },
    ]),
  )

const report = (userId: number, reportsTo: number | null) =>
  app.store.write(app.account, async (tx) => {
    const found = (await tx.users.find([userId])).get(userId)
    if (found) await tx.users.save([{ ...found, reportsTo }])
  })

/** Nobody reports to a later one, so that there are no circles. */
const reporting = fc
  .tuple(fc.constantFrom(rep, trainee, stranger), fc.constantFrom(manager, rep, null))
  .filter(([of, to]) => to === null || users.indexOf(to) < users.indexOf(of))

/** What happens between two pages, and how many visits the next page may have. */
const step = fc.record({
  saved: fc.array(row, { maxLength: 8 }),
  removed: fc.array(id, { maxLength: 2 }),
  owned: fc.array(fc.tuple(lead, user), { maxLength: 2 }),
  reporting: fc.array(reporting, { maxLength: 1 }),
  perPage: fc.integer({ min: 1, max: 7 }),
})
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

interface Filter {
  readonly query: Readonly<Record<string, string>>
  readonly finds: (row: Row, world: World) => boolean
}

const iso = (ms: number) => new Date(start + ms).toISOString()
const filters: readonly Filter[] = [
  { query: {}, finds: () => true },
  { query: { creator_id: `${rep}` }, finds: ({ creator }) => creator === rep },
  {
    query: { creator_id: `${rep},${trainee}` },
    finds: ({ creator }) => creator === rep || creator === trainee,
  },
  { query: { resource_type: 'lead', resource_id: '901' }, finds: (each) => each.lead === 901 },
  {
    query: { 'visited_at[gte]': iso(1), 'visited_at[lt]': iso(4) },
    finds: ({ visited }) => visited >= 1 && visited < 4,
  },
  { query: { 'created_at[gt]': iso(2) }, finds: ({ created }) => created > 2 },
  { query: { 'updated_at[lte]': iso(3) }, finds: ({ updated }) => updated <= 3 },
  {
    query: { below: `${rep}` },
    finds: ({ creator }, { bosses }) => isUnder(bosses, creator, rep),
  },
]

function isUnder(bosses: World['bosses'], userId: number | null, boss: number): boolean {
  if (userId === null) return false
  return userId === boss || isUnder(bosses, bosses.get(userId) ?? null, boss)
}

const viewers = ['admin', 'manager', 'rep'] as const
type Viewer = (typeof viewers)[number]

function isSeen(each: Row, viewer: Viewer, { bosses, owners }: World): boolean {
  if (viewer === 'admin') return true
  const sees = (userId: number | undefined) =>
    userId !== undefined && isUnder(bosses, userId, people[viewer])
  return sees(each.creator) || sees(owners.get(each.lead))
}

const sorts = ['id', 'visited_at', 'created_at', 'updated_at'] as const
type Sort = (typeof sorts)[number]

const keyOf = (each: Row, sort: Sort): number => {
  const keys = { id: each.id, visited_at: each.visited, created_at: each.created }
  return { ...keys, updated_at: each.updated }[sort]
}

const inOrder = (rows: readonly Row[], sort: Sort, sign: number): number[] =>
  rows
    .toSorted((a, b) => sign * (keyOf(a, sort) - keyOf(b, sort) || a.id - b.id))
    .map((each) => each.id)

const byId = (rows: readonly Row[]): Row[] => [
  ...new Map(rows.map((each) => [each.id, each])).values(),
]

/** Changes the store and the model alike. */
async function change(world: World, { saved, removed, owned, reporting }: Step) {
  await app.store.write(app.account, async (tx) => {
    for (const each of saved) await tx.visits.save([toVisit(each)])
  })
  for (const each of saved) world.visits.set(each.id, each)
  await remove(removed)
  for (const each of removed) world.visits.delete(each)
  for (const [leadId, owner] of owned) {
    await own(leadId, owner)
    world.owners.set(leadId, owner)
  }
  for (const [of, to] of reporting) {
    await report(of, to)
    world.bosses.set(of, to)
  }
}

const bossesAtFirst = [
  [rep, manager],
  [trainee, rep],
  [stranger, null],
] as const

async function newWorld(rows: readonly Row[]): Promise<World> {
  await remove(await walkOn(app, '/v2/visits', { per_page: '1000' }))
  await app.store.walks.dropFormerKeys(app.account, -60_000, 1_000_000)
  for (const each of leads) await own(each, stranger)
  for (const [of, to] of bossesAtFirst) await report(of, to)
  await save(byId(rows))
  return {
    visits: new Map(byId(rows).map((each) => [each.id, each])),
    owners: new Map(leads.map((each) => [each, stranger])),
    bosses: new Map(bossesAtFirst),
  }
}

describe('a walk through visits', () => {
  it('answers what existed, matched and was seen throughout once, in order (2.4, 4.5)', async () => {
    const course = fc.record({
      rows: fc.array(row, { maxLength: 40 }),
      steps: fc.array(step, { minLength: 1, maxLength: 8 }),
      sort: fc.constantFrom(...sorts),
      direction: fc.constantFrom('asc', 'desc'),
      filter: fc.constantFrom(...filters),
      viewer: fc.constantFrom(...viewers),
    })
    const holds = fc.asyncProperty(course, async ({ rows, steps, ...walk }) => {
      const { sort, direction, filter, viewer } = walk
      const world = await newWorld(rows)
      const isListed = (each: Row) => isSeen(each, viewer, world) && filter.finds(each, world)
      const owed = new Map(
        byId(rows)
          .filter(isListed)
          .map((each) => [each.id, each]),
      )
      const removed = new Set<number>()
      const found: number[] = []
      let next: string | undefined = ''
      const read = async (perPage: number) => {
        if (next === undefined) return
        const query = { ...filter.query, sort_by: `${sort}:${direction}`, per_page: `${perPage}` }
        const token = app.tokens[viewer]
        const page = await readByCursor(app, '/v2/visits', query, next, token)
        found.push(...page.ids)
        next = page.next
      }
      for (const each of steps) {
        await read(each.perPage)
        if (next === undefined) break
        await change(world, each)
        for (const gone of each.removed) removed.add(gone)
        for (const owing of owed.keys()) {
          const now = world.visits.get(owing)
          if (!now || removed.has(owing) || !isListed(now)) owed.delete(owing)
        }
      }
      while (next !== undefined) await read(3)

      const once = found.filter((each) => !removed.has(each))
      expect(new Set(once).size).toBe(once.length)
      const expected = inOrder([...owed.values()], sort, direction === 'desc' ? -1 : 1)
      expect(found.filter((each) => owed.has(each))).toEqual(expected)
    })
    await fc.assert(holds, { numRuns: runs({ test: 20, rest: 70, isOfSql: true }) })
  })

  const manyVisits = Array.from({ length: 1_600 }, (_, n): Row => ({
    id: n + 1,
    creator: n % 40 === 0 ? trainee : rep,
    lead: 901 + (n % 3),
    visited: (n * 7) % 900,
    created: 0,
    updated: n % 5,
  }))

  it.each([
    ['admin', 'visited_at', 'asc', {}],
    ['manager', 'visited_at', 'desc', {}],
    ['manager', 'updated_at', 'asc', {}],
    ['admin', 'visited_at', 'desc', { creator_id: `${trainee}` }],
  ] as const)(
    'goes on for %s by %s %s while an import changes most visits (4.5)',
    async (viewer, sort, direction, filter) => {
      await newWorld(manyVisits)
      const query = { ...filter, sort_by: `${sort}:${direction}`, per_page: '20' }
      const token = app.tokens[viewer]
      const first = await readByCursor(app, '/v2/visits', query, '', token)
      // All of them lie just behind the first page, in front of those that stay.
      const near = direction === 'asc' ? 50 : 850
      for (const by of [0, 1]) {
        const moved = manyVisits.filter(({ id: each }) => each % 8 < 6 || sort === 'updated_at')
        await save(moved.map((each) => ({ ...each, visited: near + by, updated: 3 - by })))
      }
      const others = await walkOn(app, '/v2/visits', query, first.next, token)

      const owed = manyVisits.filter(
        (each) => !('creator_id' in filter) || each.creator === trainee,
      )
      const expected = inOrder(owed, sort, direction === 'asc' ? 1 : -1)
      expect([...first.ids, ...others]).toEqual(expected)
    },
  )
})
