import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { runs } from '../../../test/support/runs.ts'
import type { Store } from '../../domain/store.ts'
import {
  type OpenStore,
  world,
  addAccount,
  addVisits,
  request,
  listIds,
  walk,
  kindOf,
} from './example-store.ts'
import { addWorld, expected, filters, lists, pairs, sorts } from './filter-examples.ts'

export function describeVisitLists(open: OpenStore): void {
  let store: Store
  let account: number
  beforeAll(async () => {
    ;({ store } = await open())
    account = await addAccount(store, 'Lists')
    await addWorld(store, account)
  })
  afterAll(() => store[Symbol.asyncDispose]())

  it('lists every filter and every pair of filters in every total order (3.4, 4.2, 4.3, 4.5)', async () => {
    for (const { filter, sort } of lists) {
      const ids = await walk(store, account, request({ filter, sort, limit: 23 }))
      expect(ids, JSON.stringify({ filter, sort })).toEqual(expected(world, filter, sort))
    }
  })

  it('counts what all pages of a list have (4.5)', async () => {
    for (const { filter, sort } of lists) {
      const { total } = await store.visits.list(
        account,
        request({ filter, sort, limit: 1, includeTotal: true }),
      )
      expect(total, JSON.stringify(filter)).toBe(expected(world, filter, sort).length)
    }
  })

  it('answers any page of any list, in any order of requests (3.1, 3.2)', async () => {
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
      { numRuns: runs({ test: 40, rest: 150, isOfSql: true }) },
    )
  })

  it('shows a new visit at once, even deep in a list that was read before (3.3)', async () => {
    const deep = request({ offset: 200, limit: 20 })
    const before = await listIds(store, account, deep)
    const [sample] = world
    if (!sample) throw new Error('there are no example visits')
    await addVisits(store, account, [{ ...sample, id: 2 }])
    const after = await listIds(store, account, deep)
    expect(after.slice(1)).toEqual(before.slice(0, -1))
    await store.write(account, async (tx) => tx.visits.remove([{ id: 2, sequence: 2 }]))
    expect(await listIds(store, account, deep)).toEqual(before)
  })

  it('separates accounts: the same ids are other visits there (2.3)', async () => {
    const other = await addAccount(store, 'Other')
    await addVisits(
      store,
      other,
      world.slice(0, 10).map((visit) => ({ ...visit, summary: 'theirs' })),
    )
    expect(await listIds(store, other, request())).toHaveLength(10)
    const { items } = await store.visits.list(account, request())
    expect(items.includes('theirs')).toBe(false)
    const { stream } = await store.events.read(other, { offset: 0, limit: 0 })
    expect(stream.head).toBe(10)
  })

  it('answers text of every script unchanged, in lists and stream (1.1)', async () => {
    const letters = await addAccount(store, 'Letters')
    const summaries = [
      'plain',
      'Grüße à Zoë',
      'Łódź – “ok”',
      '東京の👋 و ñ',
      'a\u0000b\u2028c',
      'last',
    ]
    await addVisits(
      store,
      letters,
      world
        .slice(0, summaries.length)
        .map((visit, at) => ({ ...visit, summary: summaries[at] ?? null })),
    )
    const summariesIn = (items: Buffer) => {
      const parsed: { data: { summary: string } }[] = JSON.parse(`[${items.toString()}]`)
      return parsed.map(({ data }) => data.summary)
    }
    for (const include of [undefined, ['verification'] as const]) {
      for (let limit = 1; limit <= summaries.length; limit++) {
        const page = await store.visits.list(letters, request({ limit, include }))
        expect(summariesIn(page.items)).toEqual(summaries.slice(0, limit))
      }
    }
    const { items } = await store.events.read(letters, { offset: 0, limit: 100 })
    expect(summariesIn(items)).toEqual(summaries)
  })

  it('prints a visit in each form in which the list answers it (10.1)', async () => {
    const parts = [
      'verification',
      'finding',
      'resource',
      'creator',
      'review',
      'external_ids',
    ] as const
    for (const { id } of world.slice(0, 12)) {
      const forms = await store.preview(account, (tx) => tx.visits.findForms(id))
      expect(new Set(forms).size).toBe(2 ** parts.length)
      for (const include of [[], ...parts.map((part) => [part]), parts]) {
        const { items } = await store.visits.list(
          account,
          request({ filter: { ids: [id] }, include }),
        )
        expect(forms).toContain(items.toString())
      }
    }
    expect(await store.preview(account, (tx) => tx.visits.findForms(99))).toEqual([])
  })

  it('counts the visits whose creators, outcomes or records are not stored', async () => {
    const alone = await addAccount(store, 'Alone')
    await addVisits(store, alone, world)
    const missing = await store.visits.countMissingReferences(alone)
    const leads = world.filter((visit) => kindOf(visit) === 'lead').length
    expect(missing).toEqual({
      creators: world.length,
      outcomes: world.filter(({ outcomeId }) => outcomeId !== null).length,
      leads,
      contacts: world.length - leads,
    })
  })
}
