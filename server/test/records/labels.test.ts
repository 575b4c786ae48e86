import { describe, expect, it } from 'vitest'

import { people, recordItem } from '../support/sell-items.ts'
import { send, sendAs } from '../support/send.ts'
import { startApp, type TestApp } from '../support/start.ts'

interface Item {
  readonly data: Readonly<Record<string, unknown>> & { readonly id: number }
  readonly meta: { readonly type: string }
}

async function listed(app: TestApp, path: string): Promise<Item[]> {
  const { status, body, text } = await send(app, 'GET', path)
  expect([status, text.slice(0, 300)]).toEqual([200, expect.any(String)])
  return body.items
}

const names = async (app: TestApp, path: string) =>
  (await listed(app, path)).map(({ data }) => data['name'])

const lead = (id: number, given: object) => {
  const { data, meta } = recordItem('lead', id, people.rep)
  return { data: { ...data, ...given }, meta }
}

describe('what Sell’s Zapier app asks for before it creates a lead', () => {
  it('is answered, and the lead then bears what was chosen (10.15)', async () => {
    await using app = await startApp()
    const asRep = sendAs('rep')
    await app.import([lead(1, { tags: ['hot'], custom_fields: { Referrer: 'Tom' } })])
    await send(app, 'POST', '/v2/lead_sources', { name: 'Trade fair' })
    const ask = async (path: string): Promise<Item[]> => {
      const { status, body } = await asRep(app, 'GET', path)
      expect([path, status]).toEqual([path, 200])
      return body.items
    }
    const [field] = await ask('/v2/lead/custom_fields')
    await ask('/v2/contact/custom_fields')
    const [tag] = await ask('/v2/tags?resource_type=lead')
    const [status] = await ask('/v2/lead_statuses?page=1')
    const [source] = await ask('/v2/lead_sources')
    const created = await asRep(app, 'POST', '/v2/leads', {
      last_name: 'Johnson',
      status: status?.data['name'],
      source_id: source?.data.id,
      tags: [tag?.data['name']],
      custom_fields: { [String(field?.data['name'])]: 'Zapier' },
    })
    expect(created.status).toBe(200)
    expect(created.body.data).toMatchObject({
      status: 'New',
      source_id: source?.data.id,
      tags: ['hot'],
      custom_fields: { Referrer: 'Zapier' },
    })
    const bySource = await asRep(app, 'GET', `/v2/leads?source_id=${source?.data.id}`)
    expect(bySource.body.items).toHaveLength(1)
  })
})

describe('tags', () => {
  it('are what leads and contacts bear, each kind by itself, with ids that stay (10.15)', async () => {
    await using app = await startApp()
    await app.import([lead(1, { tags: ['hot', 'VIP'] }), recordItem('contact', 2, people.rep)])
    await send(app, 'PUT', '/v2/contacts/2', { tags: ['VIP'] })
    const before = await listed(app, '/v2/tags')
    expect(
      before.map(({ data, meta }) => [data['name'], data['resource_type'], meta.type]),
    ).toEqual([
      ['hot', 'lead', 'tag'],
      ['VIP', 'lead', 'tag'],
      ['VIP', 'contact', 'tag'],
    ])
    await send(app, 'PUT', '/v2/leads/1', { tags: ['VIP', 'new', 'new'] })
    const after = await listed(app, '/v2/tags')
    expect(after.slice(0, 3)).toEqual(before)
    expect(after.map(({ data }) => data['name'])).toEqual(['hot', 'VIP', 'VIP', 'new'])
    expect(await names(app, '/v2/tags?resource_type=contact')).toEqual(['VIP'])
    expect(await names(app, '/v2/tags?resource_type=lead&name=new')).toEqual(['new'])
    expect(await names(app, '/v2/tags?sort_by=name:desc&per_page=2')).toEqual(['new', 'hot'])
    expect(await names(app, `/v2/tags?ids=${after[3]?.data.id}`)).toEqual(['new'])
    const one = await send(app, 'GET', `/v2/tags/${after[3]?.data.id}`)
    expect(one.body.data).toEqual(after[3]?.data)
    expect((await send(app, 'GET', '/v2/tags/1')).problems).toEqual([[undefined, 'not_found']])
    expect((await send(app, 'GET', '/v2/tags?resource_type=deal')).status).toBe(400)
  })

  it('of records that were saved before there was a list are found in the background (10.15)', async () => {
    await using app = await startApp()
    const records = Array.from({ length: 1_001 }, (_, n) => lead(n + 1, { tags: [`t${n % 3}`] }))
    await app.import([...records, { ...lead(5_000, { tags: ['last'] }) }])
    await app.change('delete from record_labels where list = 0')
    await app.change(`insert into unsearched_records values (${app.account}, 0, 0)`)
    expect(await names(app, '/v2/tags')).toEqual([])
    await app.maintain()
    expect(new Set(await names(app, '/v2/tags'))).toEqual(new Set(['t0', 't1', 't2', 'last']))
    const found = await listed(app, '/v2/tags')
    await app.maintain()
    expect(await listed(app, '/v2/tags')).toEqual(found)
  })

  it('with characters that a database refuses stay with their records only (10.15)', async () => {
    await using app = await startApp()
    const odd = { tags: ['\0', '\ud800', 'a'.repeat(256), ' ', 'fine'], custom_fields: { '\0': 1 } }
    await app.import([lead(1, odd)])
    expect(await names(app, '/v2/tags')).toEqual(['fine'])
    expect(await names(app, '/v2/lead/custom_fields')).toEqual([])
  })
})

describe.each([
  ['/v2/lead_statuses', 'lead_status', ['New', 'Working', 'Unqualified']],
  ['/v2/lead_sources', 'lead_source', []],
])('%s', (path, type, defaults) => {
  it('is added to and renamed by admins, without a name twice (10.15)', async () => {
    await using app = await startApp()
    expect(await names(app, path)).toEqual(defaults)
    const created = await send(app, 'POST', path, { name: ' Fair ' })
    expect(created.body).toMatchObject({ data: { name: 'Fair' }, meta: { type } })
    const { id } = created.body.data
    expect((await send(app, 'POST', path, { name: 'FAIR' })).problems).toEqual([
      ['/name', 'already_exists'],
    ])
    const both = await send(app, 'POST', path, { name: 'FAIR', colour: 'red' })
    expect(both.problems).toEqual([
      ['/colour', 'unknown'],
      ['/name', 'already_exists'],
    ])
    const renamed = await send(app, 'PUT', `${path}/${id}`, { name: 'fair' })
    expect(renamed.body.data).toMatchObject({ id, name: 'fair' })
    expect((await send(app, 'GET', `${path}/${id}`)).body.data).toEqual(renamed.body.data)
    expect((await send(app, 'PUT', `${path}/1`, { name: 'x' })).status).toBe(404)
    const { rep, otherAdmin } = app.tokens
    const asRep = await send(app, 'POST', path, { name: 'x' }, { token: rep })
    expect(asRep.status).toBe(403)
    const elsewhere = await send(app, 'GET', `${path}/${id}`, undefined, { token: otherAdmin })
    expect(elsewhere.status).toBe(404)
    expect(await names(app, `${path}?name=fair`)).toEqual(['fair'])
  })
})

it('a lead may have any other status, which joins no list (10.15)', async () => {
  await using app = await startApp()
  const { body } = await send(app, 'POST', '/v2/leads', { last_name: 'Ode', status: 'Paused' })
  expect(body.data.status).toBe('Paused')
  expect(await names(app, '/v2/lead_statuses')).not.toContain('Paused')
})
