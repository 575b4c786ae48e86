import { Lead } from '@doorstep/contract/leads'
import { Check } from 'typebox/value'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { mark } from '../support/lead-example.ts'
import { people, recordItem, visitItem } from '../support/sell-items.ts'
import { sendAs } from '../support/send.ts'
import { startApp, type TestApp } from '../support/start.ts'

const send = sendAs('rep')
const now = Date.UTC(2026, 4, 9, 7, 30, 16, 250)

describe('one lead', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await startApp({ clock: () => now })
  })
  afterAll(() => app.close())

  const create = async (data: object = mark) =>
    `/v2/leads/${(await send(app, 'POST', '/v2/leads', data)).body.data.id}`

  it('is created with 200 and answered whole, in the documented order (1.5, 9.1.2)', async () => {
    const { status, body } = await send(app, 'POST', '/v2/leads', mark)
    expect(status).toBe(200)
    expect(body.meta).toEqual({ type: 'lead' })
    expect(Check(Lead, body.data)).toBe(true)
    expect(Object.keys(body.data).join(' ')).toBe(
      'id creator_id owner_id first_name last_name organization_name status source_id ' +
        'title description industry website email phone mobile fax twitter facebook ' +
        'linkedin skype address unqualified_reason_id tags custom_fields created_at ' +
        'updated_at',
    )
    expect(body.data).toMatchObject({
      ...mark,
      tags: ['important', 'new'],
      creator_id: people.rep,
      owner_id: people.rep,
      title: null,
      created_at: '2026-05-09T07:30:16Z',
      updated_at: '2026-05-09T07:30:16Z',
    })
    expect(body.data.id).toBeGreaterThanOrEqual(2_000_000_000)
    const path = `/v2/leads/${body.data.id}`
    const token = app.tokens.stranger
    expect((await send(app, 'GET', path, undefined, { token })).body).toEqual(body)
  })

  it('needs a last name or an organization, and is New (9.1.2)', async () => {
    const { body } = await send(app, 'POST', '/v2/leads', { organization_name: 'Mill' })
    expect(body.data).toMatchObject({ status: 'New', last_name: null, tags: [], custom_fields: {} })
    const empty = await send(app, 'POST', '/v2/leads', {})
    expect(empty.status).toBe(422)
    expect(empty.problems).toEqual([['/last_name', 'missing']])
  })

  it.each([
    ['an unknown attribute', { invalid_field: 1 }, ['/invalid_field', 'unknown']],
    ['a read-only attribute', { creator_id: 1 }, ['/creator_id', 'unknown']],
    ['an empty name', { last_name: ' ' }, ['/last_name', 'blank']],
    ['an owner from nowhere', { owner_id: 4242 }, ['/owner_id', 'incorrect_value']],
    ['a number for a text', { email: 5 }, ['/email', 'invalid_type']],
    ['an empty status', { status: '' }, ['/status', 'blank']],
    ['a tag that is none', { tags: ['a', ''] }, ['/tags/1', 'blank']],
    ['tags that are no list', { tags: 'a' }, ['/tags', 'invalid_type']],
    ['an unknown part of an address', { address: { zip: '1' } }, ['/address/zip', 'unknown']],
    ['control characters', { title: 'a\u0000' }, ['/title', 'incorrect_value']],
    ['a text without end', { title: 'x'.repeat(1001) }, ['/title', 'incorrect_value']],
  ])('refuses %s (6.5)', async (_, given, problem) => {
    const base = 'last_name' in given ? {} : { last_name: 'Johnson' }
    const created = await send(app, 'POST', '/v2/leads', { ...base, ...given })
    expect({ status: created.status, problems: created.problems }).toEqual({
      status: 422,
      problems: [problem],
    })
    const data = 'last_name' in given ? { ...given, organization_name: null } : given
    const changed = await send(app, 'PUT', await create(), data)
    expect(changed.problems).toEqual([problem])
  })

  it('is refused with all that is wrong at once (6.5)', async () => {
    const { problems } = await send(app, 'POST', '/v2/leads', {
      color: 'red',
      email: 5,
      owner_id: 4242,
      latitude: 91,
      longitude: 3,
      verification_radius_m: 49,
    })
    expect(problems).toEqual([
      ['/color', 'unknown'],
      ['/email', 'invalid_type'],
      ['/latitude', 'incorrect_value'],
      ['/verification_radius_m', 'incorrect_value'],
      ['/last_name', 'missing'],
      ['/owner_id', 'incorrect_value'],
    ])
  })

  it('changes in part: tags are replaced, fields and parts of the address stay (9.1.2)', async () => {
    const path = await create()
    const { status, body } = await send(app, 'PUT', path, {
      last_name: null,
      tags: ['other'],
      custom_fields: { sku: 'B-2', color: null },
      address: { city: 'Boston' },
    })
    expect(status).toBe(200)
    expect(body.data).toMatchObject({
      first_name: 'Mark',
      last_name: null,
      tags: ['other'],
      custom_fields: { ...mark.custom_fields, sku: 'B-2', color: null },
      address: { ...mark.address, city: 'Boston' },
    })
    const nameless = await send(app, 'PUT', path, { organization_name: null })
    expect(nameless.problems).toEqual([['/organization_name', 'blank']])
  })

  it('takes what it has answered back again (9.3)', async () => {
    const path = await create()
    const { data } = (await send(app, 'GET', `${path}?include=location`)).body
    const { id: _, creator_id: __, created_at: ___, updated_at: ____, ...writable } = data
    const { status, body } = await send(app, 'PUT', `${path}?include=location`, writable)
    expect({ status, data: body.data }).toEqual({ status: 200, data })
  })

  it('is not newer for a change that changes nothing (9.1.2)', async () => {
    await app.import([recordItem('lead', 76, people.rep)])
    const same = await send(app, 'PUT', '/v2/leads/76', { last_name: 'Customer' })
    expect(same.body.data.updated_at).toBe('2026-01-05T09:00:00Z')
    const other = await send(app, 'PUT', '/v2/leads/76', { last_name: 'Client' })
    expect(other.body.data.updated_at).toBe('2026-05-09T07:30:16Z')
  })

  it('keeps what was imported with it (9.1.2)', async () => {
    const item = recordItem('lead', 77, people.rep)
    const imported = { ...item, data: { ...item.data, legacy: { score: 7 }, custom_fields: [] } }
    await app.import([imported])
    const { body } = await send(app, 'PUT', '/v2/leads/77', { title: 'Director' })
    expect(body.data).toMatchObject({
      id: 77,
      creator_id: null,
      title: 'Director',
      custom_fields: {},
    })
    const { rows } = await app.store.leads.list(
      app.account,
      { ids: [77] },
      { offset: 0, limit: 1, sort: { field: 'id', descending: false } },
    )
    expect(JSON.parse(rows[0]?.attributes ?? '')).toMatchObject({ legacy: { score: 7 } })
  })

  it('is changed by its owner, those above them and admins, created by anyone (9.1.2)', async () => {
    const path = await create()
    const change = (token: string) =>
      send(app, 'PUT', path, { title: token.slice(0, 9) }, { token })
    const { manager, admin, stranger, otherAdmin, reading } = app.tokens
    for (const token of [manager, admin]) expect((await change(token)).status).toBe(200)
    for (const method of ['PUT', 'DELETE']) {
      const data = method === 'PUT' ? { title: 'x' } : undefined
      const refused = await send(app, method, path, data, { token: stranger })
      expect({ status: refused.status, problems: refused.problems }).toEqual({
        status: 403,
        problems: [[undefined, 'forbidden']],
      })
      expect((await send(app, method, path, data, { token: otherAdmin })).status).toBe(404)
      expect((await send(app, method, path, data, { token: reading })).status).toBe(403)
      expect((await send(app, method, '/v2/leads/x', data)).status).toBe(404)
    }
    expect((await send(app, 'PUT', path, { title: 5 }, { token: stranger })).status).toBe(403)
    const handed = await send(app, 'PUT', path, { owner_id: people.stranger })
    expect(handed.body.data.owner_id).toBe(people.stranger)
    expect((await change(stranger)).status).toBe(200)
    expect((await change(app.tokens.rep)).status).toBe(403)
  })

  it('is another account’s secret (2.3)', async () => {
    const path = await create()
    const token = app.tokens.otherAdmin
    const { status, body } = await send(app, 'GET', path, undefined, { token })
    expect({ status, problem: body.errors[0].error }).toMatchObject({
      status: 404,
      problem: { resource: 'lead', code: 'not_found' },
    })
    const list = await send(app, 'GET', '/v2/leads', undefined, { token })
    expect(list.body.items).toEqual([])
  })

  it('goes for good, and visits to it stay (9.1.2)', async () => {
    const path = await create()
    const id = Number(path.split('/').at(-1))
    await app.import([visitItem({ id: 9, creator_id: people.stranger, resource_id: id })])
    const visitsOf = async () => (await send(app, 'GET', '/v2/visits?ids=9')).body.items.length
    expect(await visitsOf()).toBe(1)
    const gone = await send(app, 'DELETE', path)
    expect(gone).toMatchObject({ status: 204, text: '' })
    expect((await send(app, 'GET', path)).status).toBe(404)
    expect((await send(app, 'DELETE', path)).status).toBe(404)
    expect(await visitsOf()).toBe(0)
    expect((await app.client.visits.list({ ids: [9] })).items).toHaveLength(1)
    const visit = { resource_type: 'lead', resource_id: id }
    const refused = await send(app, 'POST', '/v2/visits', visit)
    expect(refused.problems).toEqual([['/resource_id', 'incorrect_value']])
  })

  it('is created once for one Idempotency-Key (6.3)', async () => {
    const first = await send(app, 'POST', '/v2/leads', mark, { key: 'once' })
    const again = await send(app, 'POST', '/v2/leads', mark, { key: 'once' })
    expect(again.text).toBe(first.text)
  })
})

describe('POST /v2/leads/upsert (9.1.2)', () => {
  it('updates the one that fits, creates where none does, and touches none of several', async () => {
    await using app = await startApp({ clock: () => now })
    const path = '/v2/leads/upsert?email=ANN@example.com&custom_fields[sku]=A'
    const ann = { last_name: 'Ann', email: 'ann@example.com', custom_fields: { sku: 'A' } }
    const created = await send(app, 'POST', path, ann)
    expect(created).toMatchObject({ status: 200, body: { data: ann } })
    const updated = await send(app, 'POST', path, { title: 'Director' })
    expect(updated.body.data).toMatchObject({ ...ann, title: 'Director', id: created.body.data.id })
    const stranger = { token: app.tokens.stranger }
    expect((await send(app, 'POST', path, { title: 'CTO' }, stranger)).status).toBe(403)
    await send(app, 'POST', '/v2/leads', ann)
    const several = await send(app, 'POST', path, { title: 'CFO' })
    expect({ status: several.status, problems: several.problems }).toEqual({
      status: 422,
      problems: [[undefined, 'incorrect_value']],
    })
    const blind = await send(app, 'POST', '/v2/leads/upsert', ann)
    expect(blind.problems).toEqual([[undefined, 'invalid_param']])
    const wrong = await send(app, 'POST', '/v2/leads/upsert?email=b@example.com', { title: 5 })
    expect(wrong.problems).toEqual([
      ['/title', 'invalid_type'],
      ['/last_name', 'missing'],
    ])
  })
})
