import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { mark } from '../support/lead-example.ts'
import { people, recordItem } from '../support/sell-items.ts'
import { listedIds, sendAs } from '../support/send.ts'
import { startApp, type TestApp } from '../support/start.ts'

const send = sendAs('rep')

describe('GET /v2/leads', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await startApp()
    const lead = (id: number, day: number, data: object) => {
      const item = recordItem('lead', id, people.rep, `2026-02-0${day}T09:00:00Z`)
      return { ...item, data: { ...item.data, ...data } }
    }
    await app.import([
      lead(1, 3, { ...mark, creator_id: people.stranger }),
      lead(2, 1, { last_name: 'Abel', owner_id: people.stranger, custom_fields: { vip: false } }),
      lead(3, 2, { last_name: null, organization_name: 'Zoo', address: { city: 'Berlin' } }),
      lead(4, 3, { first_name: 'Zoe', last_name: 'Johnson', status: 'Working', address: 'odd' }),
    ])
  })
  afterAll(() => app.close())

  it.each([
    ['', [2, 3, 1, 4]],
    ['sort_by=updated_at:desc', [4, 1, 3, 2]],
    ['sort_by=id:desc', [4, 3, 2, 1]],
    ['sort_by=created_at', [1, 2, 3, 4]],
    ['sort_by=last_name', [3, 2, 1, 4]],
    ['sort_by=first_name:desc', [4, 1, 3, 2]],
    ['sort_by=organization_name:desc', [3, 1, 4, 2]],
    ['ids=4,1,99', [1, 4]],
    ['creator_id=504', [1]],
    ['owner_id=504', [2]],
    ['owner_id=502', [3, 1, 4]],
    ['source_id=10', [1]],
    ['first_name=Zoe', [4]],
    ['last_name=Johnson', [1, 4]],
    ['last_name=johnson', []],
    ['organization_name=Zoo', [3]],
    ['status=Working', [1, 4]],
    ['status=New', [2, 3]],
    ['email=Mark@DesignServices.example', [1]],
    ['phone=508-778-6516', [1]],
    ['mobile=508-778-6517', [1]],
    ['address[city]=Berlin', [3]],
    ['address[postal_code]=02601', [1]],
    ['address[state]=MA', [1]],
    ['address%5Bcountry%5D=US', [1]],
    ['custom_fields[sku]=A-1', [1]],
    ['custom_fields[known via]=Tom', [1]],
    ['custom_fields[seats]=12', [1]],
    ['custom_fields[vip]=true', [1]],
    ['custom_fields[vip]=false', [2]],
    ['custom_fields[it\'s]=1&custom_fields["]=2', []],
    ['status=Working&last_name=Johnson&sort_by=id:desc', [4, 1]],
    ['owner_id=502&address[city]=Berlin&sort_by=last_name', [3]],
  ])('?%s finds %j (9.1.2, 3.4)', async (query, ids) => {
    expect(await listedIds(app, `/v2/leads?${query}`)).toEqual(ids)
  })

  it('answers pages with links that keep the filters (3.1, 3.2, 3.3)', async () => {
    const query = 'per_page=1&sort_by=id&address[country]=US&custom_fields[known%20via]=Tom'
    const { body } = await send(app, 'GET', `/v2/leads?page=2&${query}`)
    expect(body).toEqual({
      items: [],
      meta: {
        type: 'collection',
        count: 0,
        links: {
          self: `${app.url}/v2/leads?page=2&${query}`,
          first_page: `${app.url}/v2/leads?page=1&${query}`,
          prev_page: `${app.url}/v2/leads?page=1&${query}`,
        },
      },
    })
    const first = await send(app, 'GET', '/v2/leads?per_page=3')
    expect(first.body.items).toHaveLength(3)
    const next = first.body.meta.links.next_page.slice(app.url.length)
    expect(await listedIds(app, next)).toEqual([4])
  })

  it.each([
    'color=red',
    'sort_by=email',
    'owner_id=x',
    'address=Berlin',
    'address[line1]=x',
    'custom_fields=x',
    'custom_fields[]=x',
    'status=',
    'status=New&status=Old',
    'name=Zoo',
    'include=verification',
  ])('?%s is a 400 that names it (3.5)', async (query) => {
    const { status, body, problems } = await send(app, 'GET', `/v2/leads?${query}`)
    expect({ status, problems }).toEqual({
      status: 400,
      problems: [[undefined, 'invalid_param']],
    })
    expect(body.errors[0].error.details).toContain(`'${query.split('=')[0]}'`)
  })

  it('POST alone is served at /v2/leads/upsert (1.6)', async () => {
    const { status, headers } = await app.fetch('/v2/leads/upsert')
    expect([status, headers.get('Allow')]).toEqual([405, 'POST'])
  })
})
