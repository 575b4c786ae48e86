import { afterAll, beforeAll, expect, it } from 'vitest'

import type { Viewer } from '../../domain/actor.ts'
import type { SellVisit } from '../../domain/sell-visits.ts'
import type { Store } from '../../domain/store.ts'
import { newUser } from '../../domain/users.ts'
import { importRecords } from '../../rules/imports/records.ts'
import {
  type OpenStore,
  start,
  world,
  addAccount,
  addVisits,
  request,
  walk,
  kindOf,
} from './example-store.ts'
import { addWorld, expected, lists, sorts } from './filter-examples.ts'

export function describeVisibility(open: OpenStore): void {
  let store: Store
  let account: number
  const manager: Viewer = { userId: 12, isAdmin: false }
  beforeAll(async () => {
    ;({ store } = await open())
    account = await addAccount(store, 'Visibility')
    // 14 reports to 13, and 13 to 12. 11 and 15 report to nobody.
    await addWorld(store, account)
  })
  afterAll(() => store[Symbol.asyncDispose]())

  const madeBy = (...creators: number[]) =>
    world.filter(({ creatorId }) => creators.includes(creatorId))

  it('shows a rep their own visits, and a manager the visits of everyone below (2.4)', async () => {
    for (const sort of sorts) {
      const own = request({ sort, limit: 9, viewer: { userId: 14, isAdmin: false } })
      expect(await walk(store, account, own)).toEqual(expected(madeBy(14), {}, sort))
      const team = request({ sort, limit: 9, viewer: manager })
      expect(await walk(store, account, team)).toEqual(expected(madeBy(12, 13, 14), {}, sort))
    }
  })

  it('shows visits to records while a member of the team owns them (2.4)', async () => {
    const own = (ownerId: number | null, updatedAt: number) =>
      store.write(account, (tx) =>
        importRecords(tx.leads, [
          {
            id: 905,
            ownerId,
            attributes: '{}',
            point: null,
            verificationRadiusM: null,
            createdAt: start,
            updatedAt,
          },
        ]),
      )
    const isTo905 = (visit: SellVisit) => kindOf(visit) === 'lead' && visit.resourceId === 905
    await own(14, start)
    const seen = world.filter((visit) => [12, 13, 14].includes(visit.creatorId) || isTo905(visit))
    for (const { filter, sort } of lists) {
      const given = request({ filter, sort, viewer: manager, limit: 23, includeTotal: true })
      const ids = await walk(store, account, given)
      expect(ids, JSON.stringify({ filter, sort })).toEqual(expected(seen, filter, sort))
      const { total } = await store.visits.list(account, given)
      expect(total).toBe(ids.length)
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

  it('follows an owner who gets another id, in visits of their own and of others (A.8)', async () => {
    const there = await addAccount(store, 'Another id')
    const lead = { attributes: '{}', point: null, verificationRadiusM: null }
    await addVisits(store, there, world)
    await store.write(there, async (tx) => {
      const given = { name: 'Rep', email: '13@example.com', role: 'user', reportsTo: null } as const
      await tx.users.save([newUser({ ...given, id: 13 }, start)])
      const times = { createdAt: start, updatedAt: start }
      await importRecords(tx.leads, [{ id: 905, ownerId: 13, ...lead, ...times }])
      await tx.users.changeId(13, 2013)
    })
    const isTheirs = (visit: SellVisit) => kindOf(visit) === 'lead' && visit.resourceId === 905
    const theirs = world.filter(isTheirs)
    expect(new Set(theirs.map(({ creatorId }) => creatorId === 13)).size).toBe(2)
    const list = request({ viewer: { userId: 2013, isAdmin: false } })
    expect(await walk(store, there, list)).toEqual(expected(theirs, {}, list.sort))
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

  it('ends for users who report to one another', async () => {
    await store.write(account, async (tx) => {
      const boss = (await tx.users.find([12])).get(12)
      if (boss) await tx.users.save([{ ...boss, reportsTo: 14 }])
    })
    const list = request({ viewer: { userId: 13, isAdmin: false } })
    expect(await walk(store, account, list)).toEqual(expected(madeBy(12, 13, 14), {}, list.sort))
  })
}
