import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { runs } from '../../../test/support/runs.ts'
import type { Viewer } from '../../domain/actor.ts'
import {
  type Customer,
  type CustomerFilter,
  type CustomerKey,
  type DeletedCustomer,
  orderOf,
} from '../../domain/customers.ts'
import type { SalesRecord } from '../../domain/records.ts'
import type { Store } from '../../domain/store.ts'
import { newUser } from '../../domain/users.ts'
import type { ResourceKind } from '../../domain/visits.ts'
import {
  anyFilter,
  byKey,
  distanceTo,
  fits,
  lastVisitOf,
  records,
  viewers,
  visits,
} from './customer-examples.ts'
import { addAccount, addVisits, admin, hourMs, type OpenStore, start } from './example-store.ts'

export function describeCustomers(open: OpenStore): void {
  let store: Store
  let account: number
  let setTime: (ms: number) => void
  beforeAll(async () => {
    ;({ store, setTime } = await open())
    account = await addAccount(store, 'Customers')
    await store.write(account, (tx) =>
      tx.users.save(
        [11, 12, 13, 14, 15].map((id) =>
          newUser(
            {
              id,
              name: `Rep ${id}`,
              email: `${id}@example.com`,
              role: 'user',
              reportsTo: id === 13 ? 12 : null,
            },
            start,
          ),
        ),
      ),
    )
    for (const { kind, record, changedAt } of records) {
      setTime(changedAt)
      await store.write(account, async (tx) => {
        await (kind === 'lead' ? tx.leads : tx.contacts).save([record])
      })
    }
    await addVisits(store, account, visits)
  })
  afterAll(() => store[Symbol.asyncDispose]())

  async function walk(filter: CustomerFilter, viewer: Viewer, limit: number) {
    const rows: (Customer | DeletedCustomer)[] = []
    for (let after: CustomerKey | undefined; ;) {
      const page = await store.customers.list(account, { filter, viewer, limit, after })
      expect(page.rows.length).toBeLessThanOrEqual(limit)
      rows.push(...page.rows)
      after = page.next
      if (!after) return rows
      expect(page.rows).toHaveLength(limit)
    }
  }

  it('answers each customer that the filters leave once, in order (10.3)', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyFilter,
        fc.constantFrom(...viewers),
        fc.constantFrom(1, 7, 40, 1_000),
        async (filter, viewer, limit) => {
          const found = await walk(filter, viewer, limit)
          const expected = records.filter((known) => fits(known, filter, viewer))
          const keyOf = ({ kind, id }: { kind: ResourceKind; id: number }) => `${kind} ${id}`
          const inOrder = expected
            .toSorted((a, b) => a.changedAt - b.changedAt || byKey(a, b))
            .map(({ kind, record }) => keyOf({ kind, id: record.id }))
          const ranks = found.map((row) =>
            orderOf(filter) === 'change'
              ? inOrder.indexOf(keyOf(row))
              : Math.round(10 * distanceTo(filter.near, row)),
          )
          expect(ranks).toEqual(ranks.toSorted((one, other) => one - other))
          expect(found.map(keyOf).toSorted()).toEqual(inOrder.toSorted())
          for (const row of found) expect(row).toMatchObject(lastVisitOf(row, viewer))
        },
      ),
      { numRuns: runs({ test: 30, rest: 100, isOfSql: true }) },
    )
  })

  it('answers what changed and what was deleted since, whoever looks (10.3)', async () => {
    const there = await addAccount(store, 'Changes')
    const times = [1, 2, 3, 4].map((hours) => start + hours * hourMs)
    const [first = 0, second = 0, third = 0, fourth = 0] = times
    const at = (ms: number, work: Parameters<typeof store.write<void>>[1]) => {
      setTime(ms)
      return store.write(there, work)
    }
    const record = (id: number): SalesRecord => ({
      ...(records[0]?.record ?? never()),
      id,
      ownerId: 12,
    })
    await at(first, (tx) => tx.leads.save([record(1), record(2), record(3)]))
    await at(second, (tx) => tx.contacts.save([record(1)]))
    await at(third, (tx) => tx.leads.remove(2, { by: null, at: third }))
    await at(fourth, (tx) => tx.users.changeReferences(12, 13))
    const since = async (changedSince: number | undefined) => {
      const request = { filter: { changedSince }, viewer: admin, limit: 10, after: undefined }
      const { rows } = await store.customers.list(there, request)
      return rows.map((row) => `${row.kind} ${row.id}${'isDeleted' in row ? ' deleted' : ''}`)
    }
    const living = ['lead 1', 'lead 3', 'contact 1']
    expect(await since(undefined)).toEqual(living)
    expect(await since(first)).toEqual(['lead 2 deleted', ...living])
    expect(await since(fourth)).toEqual(living)
    // A change is dated when its writing begins, so that the minute before is answered, too.
    expect(await since(fourth + 59_000)).toEqual(living)
    expect(await since(fourth + 61_000)).toEqual([])
  })

  it('says how often to visit and when next, by the record or the account (10.3)', async () => {
    const there = await addAccount(store, 'Often')
    const own = records[0]?.record ?? never()
    const times = { visitedAt: start + hourMs, createdAt: start, updatedAt: start }
    const [visit] = visits
    await store.write(there, (tx) => tx.leads.save([own, { ...own, id: 1, visitEveryDays: 7 }]))
    if (visit) await addVisits(store, there, [{ ...visit, ...times, resourceId: 1 }])
    const list = async () => {
      const request = { filter: {}, viewer: admin, limit: 10, after: undefined }
      return (await store.customers.list(there, request)).rows
    }
    const dayMs = 24 * hourMs
    const weekly = { id: 1, visitEveryDays: 7, dueAt: start + hourMs + 7 * dayMs }
    expect(await list()).toMatchObject([weekly, { id: 900, visitEveryDays: null, dueAt: null }])
    await store.write(there, async (tx) => tx.account.setOwn({ visitEveryDays: 30 }, start))
    expect(await list()).toMatchObject([
      weekly,
      { id: 900, visitEveryDays: 30, dueAt: start + 30 * dayMs },
    ])
  })
}

const never = (): never => {
  throw new Error('there is no example')
}
