import type { VisitCollection } from '@doorstep/contract/visits'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { device, draft, now, send, startWithLead } from '../support/check-in.ts'
import { people, recordItem, visitItem } from '../support/sell-items.ts'
import { listedIds, send as sendAsAdmin } from '../support/send.ts'
import { startApp, type TestApp } from '../support/start.ts'

const placed = (type: 'lead' | 'contact', id: number, latitude: number, longitude: number) => {
  const { data } = recordItem(type, id, people.stranger)
  const person = { first_name: 'Ada', last_name: 'Byron', address: { line1: '4 "Mill" Lane' } }
  return {
    data: { ...data, ...person },
    meta: { type, location: { latitude, longitude, precision: 'pin' } },
  }
}

describe('a filter', () => {
  let app: TestApp

  beforeAll(async () => {
    app = await startApp()
    await app.import([
      placed('lead', 10, 52.5, 13.4),
      placed('lead', 11, -17, 179.9),
      placed('contact', 12, 90, 0),
      visitItem({ id: 1, resource_id: 10, outcome_id: 33 }),
      visitItem({ id: 2, resource_id: 11, outcome_id: 34, creator_id: people.trainee }),
      visitItem({
        id: 3,
        resource_type: 'contact',
        resource_id: 12,
        visited_at: '2026-05-10T07:30:16.000Z',
        rep_location_verification_status: 'resource_location_too_far',
      }),
      visitItem({
        id: 4,
        resource_id: 999,
        creator_id: people.stranger,
        created_at: '2026-05-08T07:31:00.000Z',
        updated_at: '2026-05-12T07:31:00.000Z',
        rep_location_verification_status: 'location_unknown',
      }),
    ])
  })

  afterAll(() => app.close())

  it.each([
    ['visited_at[gte]=2026-05-10T07:30:16Z', [3]],
    ['visited_at[gt]=2026-05-10T07:30:16Z', []],
    ['visited_at[gte]=2026-05-09T00:00:00Z&visited_at[lt]=2026-05-10T00:00:00Z', [1, 2, 4]],
    ['visited_at[lte]=2026-05-10T09:30:16%2B0200', [1, 2, 3, 4]],
    ['created_at[lt]=2026-05-09T07:31:00Z', [4]],
    ['updated_at[gt]=2026-05-09T07:31:00Z', [4]],
    ['outcome_id=33,34', [1, 2]],
    [`creator_id=${people.trainee},${people.stranger}`, [2, 4]],
    ['rep_location_verification_status=location_unknown,resource_location_too_far', [3, 4]],
    ['near=52.501,13.4,150', [1]],
    ['near=52.501,13.4,100', []],
    ['near=-17,-179.9,25000', [2]],
    ['near=89.99,77,2000', [3]],
    ['bbox=13,52,14,53', [1]],
    ['bbox=179,-20,-179,-10', [2]],
    ['bbox=10,80,20,90', [3]],
    ['bbox=-180,-90,180,90', [1, 2, 3]],
    [`below=${people.rep}`, [1, 2, 3]],
    [`below=${people.trainee}`, [2]],
    ['below=77', []],
    ['review=open', [3]],
    ['review=kept', []],
    ['reason=borderline', []],
    ['without=outcome', [3, 4]],
    ['without=reason&outcome_id=33', [1]],
    ['sort_by=created_at', [4, 1, 2, 3]],
    ['sort_by=updated_at:desc', [4, 3, 2, 1]],
    [`outcome_id=33,34&below=${people.trainee}&bbox=170,-90,-170,90`, [2]],
  ])('%s leaves %j, and counts them (4.5)', async (query, expected) => {
    expect(await listedIds(app, `/v2/visits?${query}`)).toEqual(expected)
    const { body } = await sendAsAdmin(app, 'GET', `/v2/visits?${query}&include_total=true&page=2`)
    expect(body.meta).toMatchObject({ count: 0, total_count: expected.length })
  })

  it('shows only what the user may see, and counts no more (2.4, 4.5)', async () => {
    const path = `/v2/visits?near=52,13,20000000&include_total=true&per_page=1`
    const { body } = await sendAsAdmin(app, 'GET', path, undefined, { token: app.tokens.rep })
    expect(body.meta).toMatchObject({ count: 1, total_count: 3 })
    const own = await sendAsAdmin(app, 'GET', `/v2/visits?below=${people.manager}`, undefined, {
      token: app.tokens.stranger,
    })
    expect(own.body.items.map(({ data }: { data: { id: number } }) => data.id)).toEqual([1, 2, 3])
  })

  it('is kept in the links (3.3, 4.5)', async () => {
    const query =
      'visited_at[gte]=2026-05-09T00:00:00%2B0000&near=0.0000001,-0.5,20000000&outcome_id=33,34'
    const { body } = await sendAsAdmin(app, 'GET', `/v2/visits?${query}&per_page=1`)
    const { next_page: next }: VisitCollection['meta']['links'] = body.meta.links
    const answer = await app.fetch((next ?? '').slice(app.url.length))
    const page = (await answer.json()) as VisitCollection
    expect(page.items.map(({ data }) => data.id)).toEqual([2])
  })

  it.each([
    ['visited_at[gte]=yesterday', 'ISO 8601'],
    ['visited_at[gte]=2026-02-30T00:00:00Z', 'ISO 8601'],
    ['visited_at=2026-05-09T00:00:00Z', 'name[member]'],
    ['visited_at[eq]=2026-05-09T00:00:00Z', 'visited_at[gte]'],
    ['near=52,13', 'latitude,longitude,metres'],
    ['near=91,13,5', 'latitude between -90 and 90'],
    ['near=52,13,-5', 'metres between 0 and'],
    ['bbox=13,53,14,52', 'south'],
    ['bbox=13,52,190,53', 'east between -180 and 180'],
    ['outcome_id=1,x', 'positive integer'],
    ['outcome_id=1&outcome_id=2', 'only once'],
    [`outcome_id=${Array.from({ length: 101 }, (_, n) => n + 1).join()}`, 'at most 100'],
    ['below=x', 'positive integer'],
    ['flag=odd', 'impossible_speed'],
    ['reason=odd', 'borderline'],
    ['review=new', 'open, kept, dismissed'],
    ['include=verification,notes', 'verification, finding, resource, creator, review'],
    ['include_total=1', 'true or false'],
  ])('%s is refused with what is accepted (3.5, 4.5)', async (query, why) => {
    const { status, body } = await sendAsAdmin(app, 'GET', `/v2/visits?${query}`)
    expect(status).toBe(400)
    expect(body.errors).toHaveLength(1)
    expect(body.errors[0].error.details).toContain(why)
  })

  it('follows a pin that moves, at once (4.5)', async () => {
    await using moving = await startApp()
    await moving.import([placed('lead', 10, 52.5, 13.4), visitItem({ id: 1, resource_id: 10 })])
    const near = '/v2/visits?near=52.5,13.4,100'
    expect(await listedIds(moving, near)).toEqual([1])
    const moved = { latitude: 48.1, longitude: 11.6 }
    const { status } = await sendAsAdmin(moving, 'PUT', '/v2/leads/10', moved)
    expect(status).toBe(200)
    expect(await listedIds(moving, near)).toEqual([])
    expect(await listedIds(moving, '/v2/visits?bbox=11,48,12,49')).toEqual([1])
  })
})

describe('include', () => {
  it('adds the record, the creator and the review, in this order (4.5, 4.6)', async () => {
    await using app = await startApp()
    await app.import([
      placed('contact', 12, 52.5, 13.4123456789),
      visitItem({
        id: 1,
        resource_type: 'contact',
        resource_id: 12,
        rep_location_verification_status: 'resource_location_too_far',
      }),
      visitItem({ id: 2, resource_id: 999, creator_id: 998 }),
    ])
    const query = 'include=review,creator,resource,verification'
    const { body } = await sendAsAdmin(app, 'GET', `/v2/visits?${query}`)
    const [first, second] = body.items
    expect(Object.keys(first.data).slice(11)).toEqual([
      'verification',
      'resource',
      'creator',
      'review',
    ])
    expect(first.data).toMatchObject({
      verification: null,
      resource: {
        name: 'Ada Byron',
        address: '4 "Mill" Lane',
        latitude: 52.5,
        longitude: 13.4123456789,
        owner_id: people.stranger,
        verification_radius_m: null,
      },
      creator: { name: 'rep', timezone: null },
      review: { state: 'open', note: null, by: null, at: null },
    })
    expect(second.data).toMatchObject({ resource: null, creator: null, review: null })
    const one = await sendAsAdmin(app, 'GET', '/v2/visits/1?include=resource')
    expect(one.body.data.resource.name).toBe('Ada Byron')
  })
})

describe('a visit that is logged', () => {
  it('is found by its reason, its flags and its review, also once judged again (4.5)', async () => {
    await using app = await startWithLead()
    const log = async (given: object) => {
      const { body } = await send(app, 'POST', '/v2/visits', draft({ device: device(given) }))
      return body.data.id
    }
    const near = await log({})
    const far = await log({ latitude: 52.54 })
    const odd = await log({ is_mock: true })
    const edge = await log({ latitude: 52.5229, accuracy_m: 80 })
    const ids = (query: string) => listedIds(app, `/v2/visits?${query}`)
    expect(await ids('reason=within_radius')).toEqual([near])
    expect(await ids('reason=outside_radius,borderline')).toEqual([far, edge])
    expect(await ids('flag=mock_location,late_sync')).toEqual([odd])
    expect(await ids('review=open')).toEqual([far, odd, edge])
    const late = new Date(now - 3 * 24 * 3_600_000).toISOString()
    await send(app, 'PUT', `/v2/visits/${near}`, { visited_at: late })
    expect(await ids('flag=visited_at_far_from_fix')).toEqual([near])
    expect(await ids('review=open')).toEqual([near, far, odd, edge])
  })
})
