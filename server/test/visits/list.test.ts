import { describe, expect, it } from 'vitest'

import { outcomeItem, people, visitEventItem, visitItem } from '../support/sell-items.ts'
import { startApp } from '../support/start.ts'

describe('GET /v2/visits', () => {
  it('lists what was imported, with the ids and times that Sell gave (1.10, 4.1)', async () => {
    await using app = await startApp()
    await app.import([outcomeItem({ id: 33 }), visitItem({ id: 234, outcome_id: 33 })])

    const page = await app.client.visits.list()

    expect(page.items).toEqual([visitItem({ id: 234, outcome_id: 33 })])
    expect(page.meta).toEqual({
      type: 'collection',
      count: 1,
      links: { self: `${app.url}/v2/visits?page=1&per_page=25` },
    })
  })

  it('combines its filters (4.3)', async () => {
    await using app = await startApp()
    await app.import([
      visitItem({ id: 1, creator_id: people.rep, outcome_id: 33 }),
      visitItem({ id: 2, creator_id: people.rep, outcome_id: 34 }),
      visitItem({ id: 3, creator_id: people.trainee, outcome_id: 33 }),
    ])

    const page = await app.client.visits.list({ creator_id: people.rep, outcome_id: 33 })

    expect(page.items.map(({ data }) => data.id)).toEqual([1])
  })

  it('answers null for what a visit lacks, but never for updated_at (4.1)', async () => {
    await using app = await startApp()
    await app.import([visitEventItem({ id: 1, summary: null, outcome: null })])

    const { items } = await app.client.visits.list()

    expect(items[0]?.data).toMatchObject({
      outcome_id: null,
      resource_address: null,
      summary: null,
      updated_at: '2026-05-09T07:31:00.000Z',
    })
  })

  it('answers a prospect_and_customer as a contact (4.4)', async () => {
    await using app = await startApp()
    await app.import([visitEventItem({ id: 1, resource_type: 'prospect_and_customer' })])

    const { items } = await app.client.visits.list({ resource_type: 'contact', resource_id: 899 })

    expect(items.map(({ data }) => data.resource_type)).toEqual(['contact'])
  })
})
