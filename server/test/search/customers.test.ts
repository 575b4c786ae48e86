import { Customer } from '@doorstep/contract/customers'
import { Check } from 'typebox/value'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { people, visitItem } from '../support/sell-items.ts'
import { send, sendAs } from '../support/send.ts'
import { startApp, type TestApp } from '../support/start.ts'

const start = Date.UTC(2026, 4, 9, 7, 30)
const hourMs = 3_600_000

let now = start
let app: TestApp
let lead = 0
let contact = 0
beforeAll(async () => {
  app = await startApp({ clock: () => now })
  const ode = {
    last_name: 'Ode',
    owner_id: people.rep,
    latitude: 52.5,
    longitude: 13.4,
    address: { line1: '4 Mill Lane', city: 'Ulm' },
    visit_every_days: 14,
    verification_radius_m: 150,
    sites: [{ name: 'Store', latitude: 52.6, longitude: 13.4 }],
  }
  lead = (await sendAs('manager')(app, 'POST', '/v2/leads', ode)).body.data.id
  now += hourMs
  const quay = { is_organization: true, name: 'Quay', latitude: 52.51, longitude: 13.4 }
  contact = (await sendAs('stranger')(app, 'POST', '/v2/contacts', quay)).body.data.id
  await app.import([
    visitItem({ id: 1, resource_id: lead, visited_at: '2026-05-10T07:00:00Z' }),
    visitItem({ id: 2, resource_id: lead, visited_at: '2026-05-11T07:00:00Z', outcome_id: 33 }),
    visitItem({ id: 3, resource_type: 'contact', resource_id: contact }),
  ])
})
afterAll(() => app.close())

const list = async (query: string, who: keyof TestApp['tokens'] = 'admin') => {
  const { status, body, text } = await sendAs(who)(app, 'GET', `/v2/customers?${query}`)
  expect(status, text).toBe(200)
  return body
}

interface Item {
  readonly data: { readonly id: number; readonly resource_type: string }
}

const ids = async (query: string, who: keyof TestApp['tokens'] = 'admin') => {
  const { items }: { items: Item[] } = await list(query, who)
  return items.map(({ data }) => data.id)
}

describe('the list of customers', () => {
  it('answers leads and contacts in one shape (10.3)', async () => {
    const { items, meta } = await list('')
    expect(meta).toEqual({
      type: 'collection',
      count: 2,
      links: { self: `${app.url}/v2/customers?per_page=25` },
    })
    expect(items.map((item: Item) => Check(Customer, item.data))).toEqual([true, true])
    expect(items[0]).toEqual({
      data: {
        resource_type: 'lead',
        id: lead,
        name: 'Ode',
        address: '4 Mill Lane, Ulm',
        latitude: 52.5,
        longitude: 13.4,
        radius_m: 150,
        owner_id: people.rep,
        sites: [{ name: 'Store', latitude: 52.6, longitude: 13.4, location_precision: 'pin' }],
        last_visit: {
          id: 2,
          at: '2026-05-11T07:00:00.000Z',
          outcome_id: 33,
          status: 'verified',
        },
        visits_count: 2,
        visit_every_days: 14,
        due_at: '2026-05-25T07:00:00Z',
      },
      meta: { type: 'customer' },
    })
    expect(items[1].data).toMatchObject({ radius_m: 300, visit_every_days: null, due_at: null })
  })

  it('counts only visits that the viewer sees (2.4, 10.3)', async () => {
    const [seen, other] = (await list('', 'stranger')).items
    expect(seen.data).toMatchObject({ last_visit: null, visits_count: 0 })
    expect(other.data).toMatchObject({ last_visit: { id: 3 }, visits_count: 1 })
    expect(await ids('outcome_id=33', 'stranger')).toEqual([])
    expect(await ids('outcome_id=33', 'manager')).toEqual([lead])
    expect(await list('', 'otherAdmin')).toMatchObject({ items: [] })
  })

  it.each([
    ['near=52.505,13.4,600', () => [lead, contact]],
    ['near=52.51,13.4,5000', () => [contact, lead]],
    ['near=52.51,13.4,100', () => [contact]],
    ['bbox=13,52.505,14,53', () => [contact]],
    [`owner_id=${people.rep}`, () => [lead]],
    [`below=${people.manager}`, () => [lead]],
    [`below=${people.stranger}`, () => [contact]],
    ['unvisited_since=2026-05-10T00:00:00Z', () => [contact]],
    ['unvisited_since=2027-05-10T00:00:00%2B01:00', () => [lead, contact]],
    ['outcome_id=33', () => [lead]],
    ['q=mill%20od', () => [lead]],
    ['q=***', () => []],
    ['q=od&near=52.5,13.4,100&outcome_id=33', () => [lead]],
  ])('is filtered by %s (10.3)', async (query, expected) => {
    const found = await ids(query)
    // Two at the same distance may come in any order.
    expect(query.startsWith('near=52.505') ? found.toSorted() : found).toEqual(
      query.startsWith('near=52.505') ? expected().toSorted() : expected(),
    )
  })

  it('is walked by a cursor that belongs to one list and one viewer (10.3)', async () => {
    const first = await send(app, 'GET', '/v2/customers?cursor=&per_page=1')
    const { next_cursor: cursor, links } = first.body.meta
    expect(links.next_page).toBe(`${app.url}/v2/customers?cursor=${cursor}&per_page=1`)
    expect(first.headers.get('Link')).toBe(`<${links.next_page}>; rel="next"`)
    const next = await list(`cursor=${cursor}&per_page=1000`)
    expect(next.items.map((item: Item) => item.data.id)).toEqual([contact])
    expect(next.meta.next_cursor).toBeUndefined()
    const refused = async (query: string, who: keyof TestApp['tokens'] = 'admin') => {
      const { status, body } = await sendAs(who)(app, 'GET', `/v2/customers?${query}`)
      return [status, body.errors?.[0].error.details.includes(`'cursor'`)]
    }
    expect(await refused(`cursor=${cursor}`, 'rep')).toEqual([400, true])
    expect(await refused(`cursor=${cursor}&owner_id=1`)).toEqual([400, true])
    for (const text of ['x', 'W10', Buffer.from('["", 1e999, 0, 1]').toString('base64url')]) {
      expect(await refused(`cursor=${text}`)).toEqual([400, true])
    }
  })

  it('is read completely by the SDK (10.3)', async () => {
    const all = await Array.fromAsync(app.client.customers.each({ per_page: 1 }))
    expect(all.map(({ id }) => id)).toEqual([lead, contact])
  })

  it.each([
    ['per_page=101', 'per_page'],
    ['cursor=&per_page=1001', 'per_page'],
    ['page=1', 'page'],
    ['near=1,2', 'near'],
    ['bbox=0,1,0,-1', 'bbox'],
    ['unvisited_since=yesterday', 'unvisited_since'],
    [`q=${Array.from({ length: 11 }, () => 'a').join('+')}`, 'q'],
    ['sort_by=id', 'sort_by'],
  ])('refuses %s (10.3, 3.5)', async (query, name) => {
    const { status, body } = await send(app, 'GET', `/v2/customers?${query}`)
    expect([status, body.errors[0].error.details]).toEqual([
      400,
      expect.stringContaining(`'${name}'`),
    ])
  })
})

it('reports to a phone what has changed and what was deleted (10.3)', async () => {
  now += hourMs
  const since = `updated_since=${new Date(now).toISOString()}`
  expect(await ids(since)).toEqual([])
  const change = { visit_every_days: null, sites: [] }
  await sendAs('rep')(app, 'PUT', `/v2/leads/${lead}`, { last_name: 'Odes' })
  await sendAs('manager')(app, 'PUT', `/v2/leads/${lead}`, change)
  await send(app, 'DELETE', `/v2/contacts/${contact}`)
  const { items } = await list(since)
  expect(items).toMatchObject([
    { data: { id: lead, name: 'Odes', sites: [], visit_every_days: null } },
    {
      data: { resource_type: 'contact', id: contact, deleted: true },
      meta: { type: 'customer' },
    },
  ])
  expect(await ids('')).toEqual([lead])
})

it('is said by those who may change the record how often to visit (9.1.3, 10.3)', async () => {
  const path = `/v2/leads/${lead}?include=location`
  const put = async (days: unknown, who: keyof TestApp['tokens']) => {
    const { status, body } = await sendAs(who)(app, 'PUT', path, { visit_every_days: days })
    return status === 200 ? body.data.visit_every_days : status
  }
  expect(await put(30, 'rep')).toBe(30)
  expect(await put(7, 'stranger')).toBe(403)
  expect(await put(0, 'rep')).toBe(422)
  expect(await put(1.5, 'rep')).toBe(422)
  const { body } = await send(app, 'GET', `/v2/leads/${lead}`)
  expect('visit_every_days' in body.data).toBe(false)
})

it('answers one customer, and who deleted it and when (10.3)', async () => {
  const one = async (path: string, who: keyof TestApp['tokens'] = 'admin') => {
    const { status, body } = await sendAs(who)(app, 'GET', `/v2/customers/${path}`)
    return [status, body.data ?? body.errors[0].error.code]
  }
  const { items } = await list('')
  const data = items.find((item: Item) => item.data.id === lead)?.data
  expect(await one(`lead/${lead}`)).toEqual([200, data])
  expect(await one(`lead/${lead}`, 'stranger')).toMatchObject([200, { visits_count: 0 }])
  expect(await one(`user/${lead}`)).toEqual([404, 'not_found'])
  expect(await one('lead/77')).toEqual([404, 'not_found'])
  now += hourMs
  await sendAs('manager')(app, 'DELETE', `/v2/leads/${lead}`)
  const deletion = {
    resource_type: 'lead',
    id: lead,
    deleted: true,
    deleted_by: people.manager,
    deleted_at: new Date(now).toISOString().replace('.000', ''),
  }
  expect(await one(`lead/${lead}`)).toEqual([200, deletion])
  expect((await app.client.customers.get('lead', lead)).data).toEqual(deletion)
})
