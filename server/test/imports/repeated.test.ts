import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { runs } from '../support/runs.ts'
import { people, visitEventItem, visitItem } from '../support/sell-items.ts'
import { startApp, type TestApp } from '../support/start.ts'

/** Sets of items, each imported item by item and again. */
const sets = runs({ test: 60, rest: 180, isOfSql: true })

let app: TestApp
let nextId = 1
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const start = Date.UTC(2026, 4, 9, 7, 30)
const millis = (ms: number) => new Date(start + ms).toISOString()
const seconds = (ms: number) => `${millis(ms).slice(0, 19)}Z`
const moments = fc.constantFrom(0, 250, 900, 1000, 1400, 2000, 2500, 60_000)
const outcomes = [
  null,
  { has_original_name: true, name: 'Interested', id: 33 },
  { has_original_name: false, name: 'Signed', id: 33 },
  { has_original_name: true, name: 'Lost', id: 34 },
]

/** What list and stream say of a visit; any of it may have changed. */
const facts = fc.record({
  summary: fc.constantFrom(null, 'draft', 'final'),
  outcome: fc.constantFrom(...outcomes),
  creator_id: fc.constantFrom(people.rep, people.manager),
  resource_id: fc.constantFrom(899, 898),
  resource_type: fc.constantFrom('lead', 'contact', 'prospect_and_customer'),
  visitedMs: moments,
  status: fc.constantFrom('verified', 'location_unknown'),
  located: fc.boolean(),
  address: fc.constantFrom(null, '4 Mill Lane', '1 Long Street'),
})
type Facts = typeof facts extends fc.Arbitrary<infer Value> ? Value : never

const listed = ({ outcome, visitedMs, status, address, ...rest }: Facts, updatedMs: number) =>
  visitItem({
    summary: rest.summary,
    creator_id: rest.creator_id,
    resource_id: rest.resource_id,
    resource_type: rest.resource_type === 'lead' ? 'lead' : 'contact',
    outcome_id: outcome?.id ?? null,
    visited_at: millis(visitedMs),
    rep_location_verification_status: status,
    resource_address: address,
    created_at: millis(0),
    updated_at: millis(updatedMs),
  })

const streamed = (
  { outcome, visitedMs, status, located, ...rest }: Facts,
  {
    sequence,
    atMs,
    type,
  }: { sequence: number; atMs: number; type: 'created' | 'updated' | 'deleted' },
) =>
  visitEventItem(
    {
      summary: rest.summary,
      creator_id: rest.creator_id,
      resource_id: rest.resource_id,
      resource_type: rest.resource_type,
      outcome,
      visited_at: seconds(visitedMs),
      created_at: seconds(0),
      sales_rep_location: {
        latitude: located ? 52.5 : null,
        longitude: located ? 13.4 : null,
        verification_status: status,
      },
    },
    {
      sequence,
      event_type: type,
      event_time: seconds(atMs),
      ...(type === 'updated' && { previous: {} }),
    },
  )

const anyItem = fc.oneof(
  fc.tuple(facts, moments).map(([of, updatedMs]) => listed(of, updatedMs)),
  fc
    .tuple(facts, fc.integer({ min: 1, max: 4 }), moments, fc.boolean())
    .map(([of, sequence, atMs]) =>
      streamed(of, { sequence, atMs, type: sequence === 1 ? 'created' : 'updated' }),
    ),
)
/** The last event of a visit. */
const deletion = fc
  .tuple(facts, moments)
  .map(([of, atMs]) => streamed(of, { sequence: 5, atMs, type: 'deleted' }))
const anySet = fc.oneof(
  { weight: 4, arbitrary: fc.array(anyItem, { minLength: 1, maxLength: 7 }) },
  fc
    .tuple(fc.array(anyItem, { minLength: 1, maxLength: 5 }), deletion, fc.nat({ max: 5 }))
    .map(([items, last, at]) => items.toSpliced(at, 0, last)),
)

type Item = { readonly data: object; readonly meta: object }

const ofVisit = (item: Item, id: number): Item => ({ ...item, data: { ...item.data, id } })

/** The visit without its notes of how far list and stream have been read. */
async function visitOf(id: number) {
  const visit = (await app.store.visits.find(app.account, [id])).get(id)
  return visit && { ...visit, source: undefined }
}

const headOf = async () =>
  (await app.store.events.read(app.account, { offset: 0, limit: 1 })).stream.head

/** Imports the items one after the other; `updated_at` must not go back. */
async function importEach(items: readonly Item[], id: number): Promise<void> {
  for (const item of items) {
    const before = await visitOf(id)
    const { conflict } = await app.import([ofVisit(item, id)])
    expect(conflict).toBe(0)
    const after = await visitOf(id)
    expect(after?.updatedAt ?? Infinity).toBeGreaterThanOrEqual(before?.updatedAt ?? 0)
  }
}

describe('importing list and stream items', () => {
  it('again changes nothing, whatever they say and in whatever order they come (A.1, A.2)', async () => {
    await fc.assert(
      fc.asyncProperty(anySet, fc.boolean(), async (items, isInOneBatch) => {
        const id = nextId++
        if (isInOneBatch) await app.import(items.map((item) => ofVisit(item, id)))
        else await importEach(items, id)
        const head = await headOf()
        const visit = await visitOf(id)
        await importEach(items, id)
        await importEach(items.toReversed(), id)
        expect(await visitOf(id)).toEqual(visit)
        expect(await headOf()).toBe(head)
      }),
      { numRuns: sets },
    )
    expect(await app.store.check(app.account)).toEqual([])
  })

  it('of one second shows no draft after the final state (A.2, A.3)', async () => {
    const id = nextId++
    const said = (summary: string) => ({ summary })
    const at = (sequence: number, event_type: 'created' | 'updated') => ({
      sequence,
      event_type,
      event_time: seconds(5_000),
    })
    const items = [
      visitItem({ id, ...said('final'), outcome_id: 33, updated_at: millis(5_700) }),
      visitEventItem({ id, ...said('draft') }, at(1, 'created')),
      visitEventItem({ id, ...said('final') }, at(2, 'updated')),
    ]
    const offset = await headOf()
    await app.import(items)
    const { items: events } = await app.store.events.read(app.account, { offset, limit: 100 })
    const read: { data: { summary: string } }[] = JSON.parse(`[${events.toString()}]`)
    const summaries = read.map(({ data }) => data.summary)
    expect(new Set(summaries)).toEqual(new Set(['final']))
    await app.import([visitEventItem({ id, ...said('later') }, at(3, 'updated'))])
    expect((await visitOf(id))?.summary).toBe('later')
  })

  it('with one time keeps what the first of them said (A.2)', async () => {
    const id = nextId++
    const one = visitItem({ id, resource_address: '4 Mill Lane' })
    const other = visitItem({ id, resource_address: null, summary: 'other' })
    await app.import([one])
    expect(await app.import([other, one, other])).toMatchObject({ unchanged: 3 })
    expect(await visitOf(id)).toMatchObject({ resourceAddress: '4 Mill Lane' })
  })
})
