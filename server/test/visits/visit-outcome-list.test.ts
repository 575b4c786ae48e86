import type { VisitOutcomeCollection } from '@doorstep/contract/visit-outcomes'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { outcomeItem, visitEventItem } from '../support/sell-items.ts'
import { startApp, type TestApp } from '../support/start.ts'

let app: TestApp

beforeAll(async () => {
  app = await startApp()
  const ids = Array.from({ length: 210 }, (_, index) => index + 1)
  await app.import(ids.map((id) => outcomeItem({ id, name: `Outcome ${id}` })))
})

afterAll(() => app.close())

const idsOf = ({ items }: VisitOutcomeCollection) => items.map(({ data }) => data.id)

describe('GET /v2/visit_outcomes', () => {
  it('answers each as it was imported, in the documented order (4.7)', async () => {
    const { items } = await app.client.outcomes.list({ ids: [23] })

    expect(JSON.stringify(items)).toBe(
      JSON.stringify([outcomeItem({ id: 23, name: 'Outcome 23' })]),
    )
  })

  it('is sorted by id, 25 to a page, up to 200 when asked (3.1, 4.7)', async () => {
    const all = Array.from({ length: 210 }, (_, index) => index + 1)

    expect(idsOf(await app.client.outcomes.list())).toEqual(all.slice(0, 25))
    expect(idsOf(await app.client.outcomes.list({ per_page: 200 }))).toEqual(all.slice(0, 200))
    const last = idsOf(await app.client.outcomes.list({ per_page: 200, page: 2 }))
    expect(last.slice(0, 10)).toEqual(all.slice(200))
  })

  it('links its pages (3.3)', async () => {
    const { meta } = await app.client.outcomes.list({ per_page: 200 })

    expect(meta).toEqual({
      type: 'collection',
      count: 200,
      links: {
        self: `${app.url}/v2/visit_outcomes?page=1&per_page=200`,
        next_page: `${app.url}/v2/visit_outcomes?page=2&per_page=200`,
      },
    })
  })

  it.each([
    ['per_page=201', 'between 1 and 200, given: 201'],
    ['per_page=0', 'between 1 and 200, given: 0'],
    ['page=101', 'between 1 and 100, given: 101'],
    ['sort_by=name', 'id, id:asc, id:desc, given: name'],
    ['ids=a', 'positive integer, given: a'],
  ])('refuses %s (3.1, 3.5)', async (query, why) => {
    const response = await app.fetch(`/v2/visit_outcomes?${query}`)

    expect(response.status).toBe(400)
    expect(await response.text()).toContain(why)
  })

  it('lists an outcome that only a visit of the stream names (4.7)', async () => {
    const outcome = { id: 520, name: 'Follow up', has_original_name: true }
    await app.import([visitEventItem({ id: 1, outcome })])

    const { items } = await app.client.outcomes.list({ ids: [520] })

    expect(items.map(({ data }) => data.name)).toEqual(['Follow up'])
  })

  it('is open to everyone in the account, and closed to others (2.3)', async () => {
    const rep = app.clientOf(app.tokens.rep)
    const other = app.clientOf(app.tokens.otherAdmin)

    expect(idsOf(await rep.outcomes.list({ ids: [1, 2] }))).toEqual([1, 2])
    expect(idsOf(await other.outcomes.list({ ids: [1, 2] }))).toEqual([])
  })
})
