import { setImmediate } from 'node:timers/promises'

import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { runs } from '../../../test/support/runs.ts'
import type { Viewer } from '../../domain/actor.ts'
import type { SellVisit } from '../../domain/sell-visits.ts'
import type { Store } from '../../domain/store.ts'
import { newUser } from '../../domain/users.ts'
import { reportKeys } from '../../domain/visit-reports.ts'
import type { VisitFilter } from '../../domain/visits.ts'
import { moveCreations } from '../../rules/imports/renumbered-users.ts'
import { removeVisit } from '../../rules/visits.ts'
import {
  addAccount,
  addVisits,
  admin,
  newEventId,
  type OpenStore,
  request,
  start,
} from './example-store.ts'
import { addWorld, filters, pairs } from './filter-examples.ts'

const viewers: readonly Viewer[] = [
  admin,
  ...[11, 12, 13].map((userId) => ({ userId, isAdmin: false })),
]
const wholeWorld = { west: -180, south: -90, east: 180, north: 90 }

/** Everything that can be asked with this filter. */
async function ask(store: Store, account: number, viewer: Viewer, filter: VisitFilter) {
  const asked = { viewer, filter }
  return {
    count: await store.visitSums.count(account, asked),
    reviews: await store.visitSums.reviewCounts(account, viewer),
    map: await store.visitSums.map(account, { ...asked, box: wholeWorld, zoom: 4 }),
    street: await store.visitSums.map(account, { ...asked, box: wholeWorld, zoom: 16 }),
    customers: await store.visitSums.customerMap(account, {
      viewer,
      filter: { ownerId: filter.creatorIds?.[0], below: 12 },
      box: wholeWorld,
      zoom: 6,
    }),
    reports: await Promise.all(
      reportKeys.map((key) =>
        store.visitSums.report(account, {
          ...asked,
          groupBy: [key, 'status'],
          timezone: 'Europe/Berlin',
        }),
      ),
    ),
  }
}

const byText = (one: unknown, other: unknown) =>
  JSON.stringify(one) < JSON.stringify(other) ? -1 : 1

/** The same with clusters and points in one order. */
function sorted({ map, street, customers, ...rest }: Awaited<ReturnType<typeof ask>>) {
  const inOrder = (of: typeof map | typeof customers) => ({
    ...of,
    clusters: of.clusters.toSorted(byText),
    points: of.points.toSorted(byText),
  })
  return {
    ...rest,
    map: inOrder(map),
    street: { ...inOrder(street), located: street.located.toSorted(byText) },
    customers: inOrder(customers),
  }
}

interface Change {
  readonly what: keyof typeof changes
  readonly n: number
  readonly value: number
}

let updatedAt = start + 1000 * 3_600_000

/** Whatever changes sums, as it happens through the store. */
const changes = {
  addVisit: (store: Store, account: number, n: number, value: number) =>
    addVisits(store, account, [visitOf(5000 + n, value)]),
  changeVisit: (store: Store, account: number, n: number, value: number) =>
    addVisits(store, account, [visitOf(1000 + (n % 240) * 3, value)]),
  removeVisit: (store: Store, account: number, n: number) =>
    store.write(account, async (tx) => {
      const id = 1000 + (n % 240) * 3
      if ((await tx.visits.find([id])).size > 0) await removeVisit(tx, admin, id, newEventId)
    }),
  reviewVisit: (store: Store, account: number, n: number, value: number) =>
    store.write(account, async (tx) => {
      const id = 1000 + (n % 240) * 3
      const visit = (await tx.visits.find([id])).get(id)
      if (!visit || visit.review === null) return
      const last = await tx.visitReviews.findLast(id)
      await tx.visitReviews.add({
        visitId: id,
        number: (last?.number ?? 0) + 1,
        action: value % 2 === 0 ? 'kept' : 'asked',
        note: null,
        by: 11,
        at: start,
        sequence: visit.sequence,
      })
    }),
  saveRecord: (store: Store, account: number, n: number, value: number) =>
    store.write(account, (tx) =>
      tx[n % 2 === 0 ? 'leads' : 'contacts'].save([
        {
          id: 901 + (n % 15),
          ownerId: value % 5 === 0 ? null : 11 + (value % 5),
          attributes: '{}',
          point:
            value % 3 === 0
              ? null
              : { latitude: (value % 180) - 90, longitude: (value % 360) - 180, precision: 'pin' },
          verificationRadiusM: null,
          createdAt: start,
          updatedAt: (updatedAt += 1000),
        },
      ]),
    ),
  removeRecord: (store: Store, account: number, n: number) =>
    store.write(account, (tx) =>
      tx[n % 2 === 0 ? 'leads' : 'contacts'].remove(901 + (n % 15), { by: null, at: n }),
    ),
  saveUser: (store: Store, account: number, n: number, value: number) =>
    store.write(account, (tx) =>
      tx.users.save([userOf(11 + (n % 3), value % 4 === 0 ? null : 11 + (value % 5))]),
    ),
  renumberUser: (store: Store, account: number, n: number) =>
    store.write(account, async (tx) => {
      const [from, to] = n % 2 === 0 ? [14, 114] : [114, 14]
      if (!(await tx.users.find([from])).has(from) || (await tx.users.find([to])).has(to)) return
      await tx.users.changeId(from, to)
      await moveCreations(tx, from, to, newEventId)
    }),
  dropEvents: (store: Store, account: number) =>
    store.events.drop(account, Number.MAX_SAFE_INTEGER, 2_000),
  raiseGeneration: (store: Store, account: number, n: number) =>
    n % 5 === 0 ? store.events.raiseGeneration(account, 'stream_reset') : Promise.resolve(),
} satisfies Record<
  string,
  (store: Store, account: number, n: number, value: number) => Promise<unknown>
>

const userOf = (id: number, reportsTo: number | null) =>
  newUser({ id, name: `Rep ${id}`, email: `${id}@example.com`, role: 'user', reportsTo }, start)

const visitOf = (id: number, value: number): SellVisit => ({
  id,
  creatorId: 11 + (value % 5),
  outcomeId: value % 4 === 0 ? null : 51 + (value % 3),
  resourceType: value % 2 === 0 ? 'lead' : 'contact',
  resourceId: 901 + (value % 15),
  visitedAt: start + (value % 2000) * 3_600_000,
  resourceAddress: null,
  status: value % 3 === 0 ? 'verified' : 'location_unknown',
  summary: null,
  createdAt: start,
  updatedAt: (updatedAt += 1000),
})

const change = fc.record<Change>({
  what: fc.constantFrom(...(Object.keys(changes) as (keyof typeof changes)[])),
  n: fc.nat(400),
  value: fc.nat(100_000),
})

export function describeSums(open: OpenStore): void {
  let stores: { readonly kept: Store; readonly other: Store; readonly fromSql: Store }
  let account: number
  beforeAll(async () => {
    const { store, openAgain } = await open()
    stores = { kept: store, other: await openAgain(), fromSql: await openAgain(0) }
    account = await addAccount(store, 'Sums')
    await addWorld(store, account)
  })
  afterAll(async () => {
    for (const store of Object.values(stores)) await store[Symbol.asyncDispose]()
  })

  it('counts what the list counts, for each pair of filters (4.5, 10.5)', async () => {
    for (const [at, filter] of [...filters, ...pairs].entries()) {
      const viewer = viewers[at % viewers.length] ?? admin
      const page = request({ viewer, filter, limit: 1, includeTotal: true })
      const { total } = await stores.fromSql.visits.list(account, page)
      expect(await stores.kept.visits.list(account, page)).toMatchObject({ total })
      expect(await stores.kept.visitSums.count(account, { viewer, filter })).toBe(total)
      expect(await stores.fromSql.visitSums.count(account, { viewer, filter })).toBe(total)
    }
  })

  it('answers the same from memory as from SQL, whatever changes in two processes (10.5)', async () => {
    const steps = fc.array(
      fc.record({ made: fc.array(change, { minLength: 1, maxLength: 12 }), asked: fc.nat(1000) }),
      { minLength: 1, maxLength: 4 },
    )
    await fc.assert(
      fc.asyncProperty(steps, async (given) => {
        for (const { made, asked } of given) {
          await Promise.all(
            made.map(({ what, n, value }) =>
              changes[what](n % 3 === 0 ? stores.other : stores.kept, account, n, value),
            ),
          )
          const viewer = viewers[asked % viewers.length] ?? admin
          const filter = filters[asked % filters.length] ?? {}
          const right = sorted(await ask(stores.fromSql, account, viewer, filter))
          expect(sorted(await ask(stores.kept, account, viewer, filter))).toEqual(right)
          expect(sorted(await ask(stores.other, account, viewer, filter))).toEqual(right)
        }
      }),
      { numRuns: runs({ test: 8, rest: 30, isOfSql: true }) },
    )
  })

  it('counts each piece of work as a whole, while two processes write (2.4, 10.5)', async () => {
    const owner = { viewer: admin, filter: { creatorIds: [77] } }
    const writing = [stores.kept, stores.other].map(async (store, writer) => {
      for (let n = 0; n < 30; n++) {
        const pair = [0, 1].map((at) => ({
          ...visitOf(9_000 + writer * 100 + n * 2 + at, n),
          creatorId: 77,
        }))
        await addVisits(store, account, pair)
      }
    })
    let isWriting = true
    const written = Promise.all(writing).finally(() => {
      isWriting = false
    })
    while (isWriting) {
      for (const store of [stores.other, stores.kept]) {
        expect((await store.visitSums.count(account, owner)) % 2).toBe(0)
      }
      await setImmediate()
    }
    await written
    expect(await stores.kept.visitSums.count(account, owner)).toBe(120)
  })
}
