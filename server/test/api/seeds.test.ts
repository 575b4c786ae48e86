import { readFileSync } from 'node:fs'

import type { StreamPage } from '@doorstep/contract/stream'
import type { VisitCollection } from '@doorstep/contract/visits'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { visitItems } from '../support/sell-items.ts'
import { startApp, type TestApp } from '../support/start.ts'

const fixture = (name: string) =>
  JSON.parse(readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8'))

/** The examples of Sell's documentation, as they stand there. */
const listed: VisitCollection = fixture('visits-rest.json')
const streamed: StreamPage = fixture('visits-stream.json')

let app: TestApp

beforeAll(async () => {
  app = await startApp()
  await app.import([...listed.items, ...streamed.items])
})

afterAll(() => app.close())

it('the documented visit is listed again, field for field and in that order (4.1)', async () => {
  const { items, meta } = await app.client.visits.list({ ids: [234] })

  expect(items).toEqual(listed.items)
  expect(JSON.stringify(items)).toBe(JSON.stringify(listed.items))
  expect(meta).toEqual({ ...listed.meta, links: expect.any(Object) })
})

it('the documented event is streamed again, its meta too, in that order (5.3)', async () => {
  const { items } = await app.client.stream.read({ position: 'tail' })
  const again = items.filter(({ data }) => data.id === 4128)

  expect(again).toEqual(streamed.items)
  expect(JSON.stringify(again)).toBe(JSON.stringify(streamed.items))
})

it('the listed visit is in the stream as well (5.3)', async () => {
  const { items } = await app.client.stream.read({ position: 'tail', limit: 1 })

  expect(items[0]).toMatchObject({
    data: {
      summary: 'Spoke with Bob - he is interested in buying fancy stuff in upcooming month',
      sales_rep_location: { latitude: null, verification_status: 'verified', longitude: null },
      creator_id: 1345,
      resource_type: 'lead',
      resource_id: 899992,
      created_at: '2018-05-09T07:30:16Z',
      visited_at: '2018-05-09T07:30:16Z',
      id: 234,
      outcome: { id: 33 },
    },
    meta: { event_cause: 'system', sequence: 1, event_type: 'created', type: 'visit' },
  })
})

it('the streamed visit is in the list as well (4.1)', async () => {
  const { items } = await app.client.visits.list({ outcome_id: 520 })

  expect(items.map(({ data }) => data)).toEqual([
    {
      id: 4128,
      creator_id: 174401,
      outcome_id: 520,
      resource_type: 'lead',
      resource_id: 255413149,
      visited_at: '2019-01-10T10:56:49.000Z',
      resource_address: null,
      rep_location_verification_status: 'verified',
      summary: 'Spoke with Bob - he is interested in buying fancy stuff in upcoming month.',
      created_at: '2019-01-10T10:56:51.000Z',
      updated_at: '2019-01-10T10:56:51.000Z',
    },
  ])
})

it('the outcome of the streamed visit is in the list of outcomes (4.7)', async () => {
  const { items } = await app.client.outcomes.list({ ids: [520] })

  expect(items.map(({ data }) => data.name)).toEqual(['Interested'])
})

it('the documented position is the one after event 2,228, and reads on from there (5.4)', async () => {
  const { position } = streamed.meta
  await using large = await startApp()
  await large.import(visitItems(2_229))

  const before = btoa('firehose.visit.by_account,0,2227')
  const reaching = await large.client.stream.read({ position: before, limit: 1 })
  const next = await large.client.stream.read({ position })

  expect(reaching.meta).toMatchObject({ position, top: streamed.meta.top })
  expect(next.items.map(({ data }) => data.id)).toEqual([2_229])
})

it('importing the examples again changes nothing (1.10)', async () => {
  expect(await app.import([...listed.items, ...streamed.items])).toMatchObject({
    created: 0,
    updated: 0,
    unchanged: 2,
  })
})
