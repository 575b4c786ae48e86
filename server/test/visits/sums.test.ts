import type { VisitCollection } from '@doorstep/contract/visits'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { people, recordItem, userItem, visitItem } from '../support/sell-items.ts'
import { send } from '../support/send.ts'
import { startApp, type TestApp } from '../support/start.ts'

const placed = (id: number, latitude: number | null, longitude: number, ownerId: number) => {
  const { data, meta } = recordItem('lead', id, ownerId)
  const location = latitude === null ? {} : { location: { latitude, longitude, precision: 'pin' } }
  return { data, meta: { ...meta, ...location } }
}

let app: TestApp

beforeAll(async () => {
  app = await startApp()
  await app.import([
    placed(10, 52.5, 13.4, people.rep),
    placed(11, 52.6, 13.5, people.rep),
    placed(12, -17, 179.9, people.stranger),
    placed(13, null, 0, people.stranger),
    visitItem({ id: 1, resource_id: 10, outcome_id: 33 }),
    visitItem({ id: 2, resource_id: 10, visited_at: '2026-05-10T22:30:00.000Z' }),
    visitItem({
      id: 3,
      resource_id: 12,
      creator_id: people.trainee,
      rep_location_verification_status: 'resource_location_too_far',
    }),
    visitItem({
      id: 4,
      resource_id: 13,
      creator_id: people.stranger,
      rep_location_verification_status: 'location_unknown',
    }),
  ])
})
afterAll(() => app.close())

const dataOf = async (path: string, token?: string) => {
  const { status, body } = await send(
    app,
    'GET',
    path,
    undefined,
    token === undefined ? {} : { token },
  )
  expect([status, body.errors]).toEqual([200, undefined])
  return body.data
}

describe('the map', () => {
  it('shows a door as a cluster, a single visit as a point, and counts the rest (10.4)', async () => {
    expect(await dataOf('/v2/map/visits?zoom=3')).toEqual({
      clusters: [
        {
          latitude: 52.5,
          longitude: 13.4,
          count: 2,
          outcomes: { '33': 1, none: 1 },
          statuses: { verified: 2 },
          bbox: [13.4, 52.5, 13.4, 52.5],
        },
      ],
      points: [
        {
          id: 3,
          latitude: -17,
          longitude: 179.9,
          outcome_id: null,
          status: 'resource_location_too_far',
          creator_id: people.trainee,
          visited_at: '2026-05-09T07:30:16.000Z',
        },
      ],
      shown: 3,
      total: 4,
      unmapped: 1,
    })
  })

  it('shows each visit and customer by itself if asked to (10.4)', async () => {
    const visits = await dataOf('/v2/map/visits?zoom=3&clusters=false&bbox=13,52,14,53')
    expect(visits.clusters).toEqual([])
    expect(visits.points.map(({ id }: { id: number }) => id)).toEqual([1, 2])
    const customers = await dataOf('/v2/map/customers?zoom=0&clusters=false')
    expect(customers.clusters).toEqual([])
    expect(customers.points).toHaveLength(customers.shown)
  })

  it('takes the filters of the list, and a part of the world (10.4)', async () => {
    const shown = async (query: string) => {
      const { shown: count, total, unmapped } = await dataOf(`/v2/map/visits?${query}`)
      return [count, total, unmapped]
    }
    expect(await shown('zoom=9&bbox=170,-20,-170,0')).toEqual([1, 4, 1])
    expect(await shown('zoom=9&bbox=13,52,14,53&outcome_id=33')).toEqual([1, 1, 0])
    expect(await shown(`zoom=0&below=${people.rep}`)).toEqual([3, 3, 0])
    expect(await shown('zoom=22&near=52.5,13.4,10')).toEqual([2, 2, 0])
  })

  it('shows a user what they may see (10.4, 2.4)', async () => {
    const { total } = await dataOf('/v2/map/visits?zoom=3', app.tokens.stranger)
    expect(total).toBe(2)
  })

  it('shows leads and contacts with their last visit (10.4)', async () => {
    expect(await dataOf(`/v2/map/customers?zoom=12&owner_id=${people.rep}`)).toEqual({
      clusters: [],
      points: [
        {
          resource_type: 'lead',
          id: 10,
          latitude: 52.5,
          longitude: 13.4,
          owner_id: people.rep,
          last_visit: { at: '2026-05-10T22:30:00.000Z', outcome_id: null },
        },
        {
          resource_type: 'lead',
          id: 11,
          latitude: 52.6,
          longitude: 13.5,
          owner_id: people.rep,
          last_visit: null,
        },
      ],
      shown: 2,
      total: 2,
      unmapped: 0,
    })
    const far = await dataOf('/v2/map/customers?zoom=3&unvisited_since=2026-05-10T00:00:00Z')
    expect([far.shown, far.total, far.unmapped]).toEqual([2, 3, 1])
  })

  it.each([
    ['bbox=1,2,3', 'bbox'],
    ['bbox=0,10,10,0&zoom=3', 'bbox'],
    ['zoom=23', 'zoom'],
    ['', 'zoom'],
  ])('refuses %s (10.4)', async (query, name) => {
    const { status, body } = await send(app, 'GET', `/v2/map/visits?${query}`)
    expect(status).toBe(400)
    expect(JSON.stringify(body)).toContain(`'${name}'`)
  })
})

const rep = people.rep
const none = {
  visits: 0,
  verified: 0,
  too_far: 0,
  unknown: 0,
  unknown_by_reason: {},
  off: 0,
  verified_rate: null,
  customers: 0,
  assigned: 4,
  coverage: 0,
}

describe('a report', () => {
  it('counts by two keys, with what the people of a row own (10.5)', async () => {
    const { rows, totals } = await dataOf('/v2/visit_reports?group_by=team,creator')
    expect(rows).toEqual([
      {
        ...none,
        keys: { team: null, creator: people.stranger },
        visits: 1,
        unknown: 1,
        unknown_by_reason: { none: 1 },
        customers: 1,
        assigned: 2,
        coverage: 0.5,
      },
      {
        ...none,
        keys: { team: people.manager, creator: rep },
        visits: 2,
        verified: 2,
        verified_rate: 1,
        customers: 1,
        assigned: 2,
        coverage: 0.5,
      },
      {
        ...none,
        keys: { team: rep, creator: people.trainee },
        visits: 1,
        too_far: 1,
        verified_rate: 0,
        customers: 1,
        assigned: 0,
        coverage: null,
      },
    ])
    expect(totals).toEqual({
      ...none,
      visits: 4,
      verified: 2,
      too_far: 1,
      unknown: 1,
      unknown_by_reason: { none: 1 },
      verified_rate: 0.6667,
      customers: 3,
      coverage: 0.75,
    })
  })

  it('counts days of the account’s time zone (10.5)', async () => {
    const daysIn = async (timezone: string) => {
      const account = await app.store.accounts.find(app.account)
      if (!account) throw new Error('no account')
      await app.store.write(app.account, (tx) => tx.account.save({ ...account, timezone }))
      const { rows } = await dataOf('/v2/visit_reports?group_by=day')
      return rows.map((row: { keys: { day: string }; visits: number }) => [
        row.keys.day,
        row.visits,
      ])
    }
    expect(await daysIn('UTC+00:00')).toEqual([
      ['2026-05-09', 3],
      ['2026-05-10', 1],
    ])
    expect(await daysIn('Europe/Berlin')).toEqual([
      ['2026-05-09', 3],
      ['2026-05-11', 1],
    ])
    expect(await daysIn('UTC-08:00')).toEqual([
      ['2026-05-08', 3],
      ['2026-05-10', 1],
    ])
    await daysIn('UTC+00:00')
  })

  it('compares with the time of the same length before (10.5)', async () => {
    const range = 'visited_at[gte]=2026-05-10T00:00:00Z&visited_at[lt]=2026-05-11T00:00:00Z'
    const { rows, previous } = await dataOf(
      `/v2/visit_reports?group_by=day&compare=previous&${range}`,
    )
    expect(rows).toMatchObject([{ keys: { day: '2026-05-10' }, visits: 1 }])
    expect(previous.rows).toMatchObject([{ keys: { day: '2026-05-09' }, visits: 3 }])
    expect(previous.totals.visits).toBe(3)
  })

  it('counts what the list counts, by any filter (10.5)', async () => {
    for (const query of ['outcome_id=33', `below=${rep}`, 'near=52.5,13.4,10', 'review=open']) {
      const { totals } = await dataOf(`/v2/visit_reports?group_by=week&${query}`)
      const { body } = await send(app, 'GET', `/v2/visits?include_total=true&${query}`)
      const { meta }: VisitCollection = body
      expect([query, totals.visits]).toEqual([query, meta.total_count])
    }
  })

  it.each([
    ['', 'group_by'],
    ['group_by=day,day', 'group_by'],
    ['group_by=day,week,month', 'group_by'],
    ['group_by=day&compare=previous', 'compare'],
    ['group_by=day&compare=previous&visited_at[gte]=2026-05-10T00:00:00Z', 'compare'],
  ])('refuses %s (10.5)', async (query, name) => {
    const { status, body } = await send(app, 'GET', `/v2/visit_reports?${query}`)
    expect(status).toBe(400)
    expect(JSON.stringify(body)).toContain(`'${name}'`)
  })

  it('refuses more rows than it may have (10.5)', async () => {
    await using other = await startApp()
    const creators = Array.from({ length: 10_001 }, (_, n) => 10_000 + n)
    await other.import([
      userItem({ id: 9_999 }),
      ...creators.map((id) => visitItem({ id, creator_id: id })),
    ])
    const { status, body } = await send(other, 'GET', '/v2/visit_reports?group_by=creator')
    expect(status).toBe(400)
    expect(JSON.stringify(body)).toContain('10,000 rows')
  })
})

describe('counts for reviewers', () => {
  it('are of visits below, and never of one’s own (10.9.1)', async () => {
    const of = (token: string) => dataOf('/v2/review_counts', token)
    const { admin, manager, trainee, stranger } = {
      ...app.tokens,
      trainee: await app.token('trainee@acme.example'),
    }
    const one = { visits: 1, too_far: 1, borderline: 0, flagged: 0, pin_changes: 0 }
    const zero = { ...one, visits: 0, too_far: 0 }
    expect([await of(admin), await of(manager)]).toEqual([one, one])
    expect([await of(app.tokens.rep), await of(trainee), await of(stranger)]).toEqual([
      one,
      zero,
      zero,
    ])
    const proposal = { resource_type: 'lead', resource_id: 10, latitude: 1, longitude: 2 }
    await send(app, 'POST', '/v2/pin_changes', proposal, { token: trainee })
    const counted = [await of(admin), await of(app.tokens.rep), await of(trainee)]
    expect(counted.map(({ pin_changes: count }) => count)).toEqual([1, 1, 0])
  })
})
