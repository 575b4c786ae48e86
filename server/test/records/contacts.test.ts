import { Contact } from '@doorstep/contract/contacts'
import { Check } from 'typebox/value'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { people, recordItem } from '../support/sell-items.ts'
import { listedIds, sendAs } from '../support/send.ts'
import { startApp, type TestApp } from '../support/start.ts'

const send = sendAs('rep')
const now = Date.UTC(2026, 4, 9, 7, 30, 16, 250)

describe('one contact', () => {
  let app: TestApp
  let company: number
  beforeAll(async () => {
    app = await startApp({ clock: () => now })
    const mill = { is_organization: true, name: 'Mill & Sons', billing_address: { city: 'Bonn' } }
    company = (await send(app, 'POST', '/v2/contacts', mill)).body.data.id
  })
  afterAll(() => app.close())

  const create = (data: object) => send(app, 'POST', '/v2/contacts', data)

  it('is a person, with a name composed of its parts (9.1.2)', async () => {
    const { status, body } = await create({
      first_name: 'Ann',
      last_name: 'Mill',
      name: 'somebody else',
      contact_id: company,
      customer_status: 'current',
      shipping_address: { line1: 'Dock 4' },
    })
    expect(status).toBe(200)
    expect(body.meta).toEqual({ type: 'contact' })
    expect(Check(Contact, body.data)).toBe(true)
    expect(Object.keys(body.data).join(' ')).toBe(
      'id creator_id owner_id is_organization contact_id parent_organization_id name ' +
        'first_name last_name customer_status prospect_status title description industry ' +
        'website email phone mobile fax twitter facebook linkedin skype address ' +
        'billing_address shipping_address tags custom_fields created_at updated_at',
    )
    expect(body.data).toMatchObject({
      creator_id: people.rep,
      owner_id: people.rep,
      is_organization: false,
      name: 'Ann Mill',
      contact_id: company,
      customer_status: 'current',
      prospect_status: 'none',
      shipping_address: { line1: 'Dock 4', city: null },
      created_at: '2026-05-09T07:30:16Z',
    })
    const path = `/v2/contacts/${body.data.id}`
    const renamed = await send(app, 'PUT', path, { first_name: null, is_organization: false })
    expect(renamed.body.data).toMatchObject({ name: 'Mill', contact_id: company })
    expect((await send(app, 'GET', path)).body).toEqual(renamed.body)
  })

  it('is an organization with a name, for good (9.1.2)', async () => {
    const path = `/v2/contacts/${company}`
    const { body } = await send(app, 'GET', path)
    expect(body.data).toMatchObject({ is_organization: true, name: 'Mill & Sons', last_name: null })
    const same = await send(app, 'PUT', path, { is_organization: true, name: 'Mill' })
    expect(same.body.data.name).toBe('Mill')
    const other = await send(app, 'PUT', path, { is_organization: false })
    expect(other.problems).toEqual([['/is_organization', 'incorrect_value']])
    const nameless = await send(app, 'PUT', path, { name: '' })
    expect(nameless.problems).toEqual([['/name', 'blank']])
  })

  it.each([
    ['nothing at all', {}, ['/last_name', 'missing']],
    ['a person without a last name', { first_name: 'Ann' }, ['/last_name', 'missing']],
    ['an empty last name', { last_name: null }, ['/last_name', 'blank']],
    ['an organization without a name', { is_organization: true }, ['/name', 'missing']],
    ['an unknown attribute', { last_name: 'A', status: 'New' }, ['/status', 'unknown']],
    ['null for a flag', { last_name: 'A', is_organization: null }, ['/is_organization', 'blank']],
    [
      'a status that is none',
      { last_name: 'A', prospect_status: 'past' },
      ['/prospect_status', 'incorrect_value'],
    ],
    [
      'an organization from nowhere',
      { last_name: 'A', contact_id: 4242 },
      ['/contact_id', 'incorrect_value'],
    ],
  ])('refuses %s (6.5)', async (_, data, problem) => {
    const { status, problems } = await create(data)
    expect({ status, problems }).toEqual({ status: 422, problems: [problem] })
  })

  it('does not belong to a person, nor to itself (6.5)', async () => {
    const person = (await create({ last_name: 'Abel' })).body.data.id
    const toPerson = await create({ last_name: 'B', contact_id: person })
    expect(toPerson.problems).toEqual([['/contact_id', 'incorrect_value']])
    const path = `/v2/contacts/${company}`
    const toItself = await send(app, 'PUT', path, { parent_organization_id: company })
    expect(toItself.problems).toEqual([['/parent_organization_id', 'incorrect_value']])
  })

  it('keeps a reference to what was never imported (9.3)', async () => {
    const item = recordItem('contact', 70, people.rep)
    await app.import([{ ...item, data: { ...item.data, contact_id: 69 } }])
    const { status, body } = await send(app, 'PUT', '/v2/contacts/70', {
      contact_id: 69,
      title: 'Director',
    })
    expect({ status, contact: body.data.contact_id }).toEqual({ status: 200, contact: 69 })
  })

  it('is changed and deleted by its owner, those above them and admins (9.1.2)', async () => {
    const path = `/v2/contacts/${(await create({ last_name: 'Cole' })).body.data.id}`
    const { stranger, otherAdmin, manager } = app.tokens
    expect((await send(app, 'GET', path, undefined, { token: stranger })).status).toBe(200)
    expect((await send(app, 'DELETE', path, undefined, { token: stranger })).status).toBe(403)
    expect((await send(app, 'DELETE', path, undefined, { token: otherAdmin })).status).toBe(404)
    expect((await send(app, 'DELETE', path, undefined, { token: manager })).status).toBe(204)
    expect((await send(app, 'GET', path)).status).toBe(404)
  })

  it('is found or created by upsert, and an organization stays one (9.1.2)', async () => {
    const path = '/v2/contacts/upsert?name=Zoo&is_organization=true'
    const zoo = { name: 'Zoo', is_organization: true }
    const created = await send(app, 'POST', path, zoo)
    const updated = await send(app, 'POST', path, { ...zoo, website: 'zoo.example' })
    expect(updated.body.data).toMatchObject({ id: created.body.data.id, website: 'zoo.example' })
    await create(zoo)
    expect((await send(app, 'POST', path, zoo)).status).toBe(422)
  })
})

describe('GET /v2/contacts', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await startApp()
    const contact = (id: number, day: number, data: object) => {
      const item = recordItem('contact', id, people.rep, `2026-02-0${day}T09:00:00Z`)
      return { ...item, data: { ...item.data, ...data } }
    }
    await app.import([
      contact(1, 3, { is_organization: true, name: 'Mill', last_name: null, creator_id: 504 }),
      contact(2, 1, { first_name: 'Ann', last_name: 'Mill', contact_id: 1, email: 'A@b.example' }),
      contact(3, 2, { last_name: 'Abel', owner_id: people.stranger, phone: '1', mobile: '2' }),
      contact(4, 4, {
        last_name: 'Mill',
        address: { city: 'Bonn', postal_code: '53', state: 'NW' },
      }),
    ])
  })
  afterAll(() => app.close())

  it.each([
    ['', [1, 3, 2, 4]],
    ['sort_by=last_name:desc', [4, 2, 3, 1]],
    ['sort_by=updated_at', [2, 3, 1, 4]],
    ['sort_by=name', [3, 2, 1, 4]],
    ['sort_by=first_name:desc', [2, 4, 3, 1]],
    ['sort_by=created_at:desc', [4, 3, 2, 1]],
    ['ids=2&ids=4', [2, 4]],
    ['contact_id=1', [2]],
    ['creator_id=504', [1]],
    ['owner_id=502', [1, 2, 4]],
    ['is_organization=True', [1]],
    ['is_organization=false', [3, 2, 4]],
    ['name=Mill', [1, 4]],
    ['name=Ann Mill', [2]],
    ['first_name=Ann', [2]],
    ['last_name=Mill', [2, 4]],
    ['email=a@B.example', [2]],
    ['phone=1', [3]],
    ['mobile=2', [3]],
    ['address[city]=Bonn', [4]],
    ['address[postal_code]=53&address[state]=NW', [4]],
    ['address[country]=DE', []],
  ])('?%s finds %j (9.1.2, 3.4)', async (query, ids) => {
    expect(await listedIds(app, `/v2/contacts?${query}`)).toEqual(ids)
  })

  it.each(['sort_by=status', 'status=New', 'is_organization=1', 'address[zip]=1'])(
    '?%s is a 400 (3.5)',
    async (query) => {
      expect((await send(app, 'GET', `/v2/contacts?${query}`)).status).toBe(400)
    },
  )
})
