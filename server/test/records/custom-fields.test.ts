import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { fieldTypes } from '../../src/domain/custom-fields.ts'
import { commonType, typeOfValue } from '../../src/rules/field-types.ts'
import { runs } from '../support/runs.ts'
import { people, recordItem } from '../support/sell-items.ts'
import { send } from '../support/send.ts'
import { startApp, type TestApp } from '../support/start.ts'

type Field = Readonly<Record<string, unknown>> & { readonly id: number; readonly name: string }

async function fieldsOf(app: TestApp, kind: 'lead' | 'contact'): Promise<Field[]> {
  const { body } = await send(app, 'GET', `/v2/${kind}/custom_fields?per_page=100`)
  const items: { data: Field; meta: { type: string } }[] = body.items
  expect(items.every(({ meta }) => meta.type === 'custom_field')).toBe(true)
  return items.map(({ data }) => data)
}

const typesOf = async (app: TestApp, kind: 'lead' | 'contact') =>
  Object.fromEntries((await fieldsOf(app, kind)).map(({ name, type }) => [name, type]))

describe('fields that only records have shown', () => {
  it('get the type that fits all their values (10.15)', async () => {
    await using app = await startApp()
    const shown = {
      Budget: '123.45',
      Pieces: 12,
      Known: true,
      Since: '4/27/2016',
      Call: '4/28/2016 6:00',
      Mail: 'mark@designservices.com',
      Page: 'http://www.designservice.com',
      Direct: '+44 208 1234567',
      Zip: '02601',
      Note: 'one\ntwo',
      Size: { id: 3, name: 'L' },
      Colours: [{ id: 1, name: 'red' }],
      Store: { line1: '2726 Smith Street', city: 'Hyannis' },
      Empty: '',
      Nothing: null,
    }
    const { data, meta } = recordItem('lead', 1, people.rep)
    await app.import([{ data: { ...data, custom_fields: shown }, meta }])
    expect(await typesOf(app, 'lead')).toEqual({
      Budget: 'number',
      Pieces: 'number',
      Known: 'bool',
      Since: 'date',
      Call: 'datetime',
      Mail: 'email',
      Page: 'url',
      Direct: 'phone',
      Zip: 'string',
      Note: 'text',
      Size: 'list',
      Colours: 'multi_select_list',
      Store: 'address',
    })
    const custom_fields = {
      Budget: 'unknown',
      Since: '2026-01-05T09:00:00Z',
      Size: { id: 5, name: 'XL' },
    }
    await send(app, 'PUT', '/v2/leads/1', { custom_fields })
    expect(await typesOf(app, 'lead')).toMatchObject({ Budget: 'string', Since: 'datetime' })
    const size = (await fieldsOf(app, 'lead')).find(({ name }) => name === 'Size')
    expect(size?.['choices']).toEqual([
      { id: 3, name: 'L' },
      { id: 5, name: 'XL' },
    ])
    expect(await fieldsOf(app, 'contact')).toEqual([])
  })

  it('of contacts say whether people, organizations or both have them (10.15)', async () => {
    await using app = await startApp()
    const person = { last_name: 'Ode', custom_fields: { Shoe: '42', Both: 'x' } }
    const company = { is_organization: true, name: 'Ode', custom_fields: { Vat: 'DE1', Both: 'y' } }
    await send(app, 'POST', '/v2/contacts', person)
    await send(app, 'POST', '/v2/contacts', company)
    const rows = (await fieldsOf(app, 'contact')).map((field) => [
      field.name,
      field['for_contact'],
      field['for_company'],
      field['for_organisation'],
    ])
    expect(rows).toEqual([
      ['Shoe', true, false, false],
      ['Both', true, true, true],
      ['Vat', false, true, true],
    ])
  })

  it('get the same type in whatever order the values come (10.15)', () => {
    const type = fc.constantFrom(...fieldTypes)
    fc.assert(
      fc.property(type, type, type, (a, b, c) => {
        expect(commonType(a, a)).toBe(a)
        expect(commonType(a, b)).toBe(commonType(b, a))
        expect(commonType(commonType(a, b), c)).toBe(commonType(a, commonType(b, c)))
      }),
      { numRuns: runs({ test: 500, rest: 5_000 }) },
    )
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect([undefined, ...fieldTypes]).toContain(typeOfValue(value))
      }),
      { numRuns: runs({ test: 300, rest: 5_000 }) },
    )
  })
})

describe('fields of an admin', () => {
  const path = '/v2/lead/custom_fields'

  it('are added and changed, and keep their type whatever the values (10.15)', async () => {
    await using app = await startApp()
    const draft = { name: 'Size', type: 'list', choices: [{ name: 'S' }, { name: 'M' }] }
    const created = await send(app, 'POST', path, draft)
    expect(created.body.data).toMatchObject({
      name: 'Size',
      type: 'list',
      choices: [
        { id: 1, name: 'S' },
        { id: 2, name: 'M' },
      ],
    })
    const { id } = created.body.data
    await send(app, 'POST', '/v2/leads', { last_name: 'Ode', custom_fields: { Size: 'huge' } })
    expect((await send(app, 'GET', `${path}/${id}`)).body.data).toEqual(created.body.data)
    const choices = [{ name: 'L' }, { name: 'M' }]
    const changed = await send(app, 'PUT', `${path}/${id}`, { type: 'multi_select_list', choices })
    expect(changed.body.data).toMatchObject({
      type: 'multi_select_list',
      choices: [
        { id: 3, name: 'L' },
        { id: 2, name: 'M' },
      ],
    })
    const plain = await send(app, 'PUT', `${path}/${id}`, { type: 'string' })
    expect(plain.body.data).toMatchObject({ type: 'string', choices: null })
  })

  it.each([
    [{ name: 'size', type: 'string' }, [['/name', 'already_exists']]],
    [{ name: 'A', type: 'string', choices: [{ name: 'x' }] }, [['/choices', 'incorrect_value']]],
    [
      { name: 'A', type: 'list', choices: [{ name: 'x' }, { name: 'x' }] },
      [['/choices', 'incorrect_value']],
    ],
    [{ name: 'A', type: 'colour' }, [['/type', 'incorrect_value']]],
    [{ name: 'A', type: 'string', for_contact: true }, [['/for_contact', 'unknown']]],
    [{ type: 'string' }, [['/name', 'missing']]],
    [
      { name: 'SIZE', type: 'url', for_contact: true, choices: [{ name: 'x' }] },
      [
        ['/for_contact', 'unknown'],
        ['/name', 'already_exists'],
        ['/choices', 'incorrect_value'],
      ],
    ],
  ])('are refused where they are wrong: %j (10.15)', async (draft, problems) => {
    await using app = await startApp()
    await send(app, 'POST', path, { name: 'Size', type: 'string' })
    const answer = await send(app, 'POST', path, draft)
    expect([answer.status, answer.problems]).toEqual([422, problems])
  })

  it('cannot be renamed, and are for admins of the account (10.15)', async () => {
    await using app = await startApp()
    const { body } = await send(app, 'POST', path, { name: 'Size', type: 'string' })
    const one = `${path}/${body.data.id}`
    expect((await send(app, 'PUT', one, { name: 'B' })).problems).toEqual([['/name', 'unknown']])
    const { rep, otherAdmin } = app.tokens
    expect((await send(app, 'PUT', one, { type: 'url' }, { token: rep })).status).toBe(403)
    expect((await send(app, 'PUT', one, { type: 'url' }, { token: otherAdmin })).status).toBe(404)
    const ofContacts = `/v2/contact/custom_fields/${body.data.id}`
    expect((await send(app, 'GET', ofContacts)).status).toBe(404)
  })
})
