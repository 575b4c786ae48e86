import { SearchHit } from '@doorstep/contract/search'
import { Check } from 'typebox/value'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { people, userItem, visitItem } from '../support/sell-items.ts'
import { send, sendAs } from '../support/send.ts'
import { startApp, type TestApp } from '../support/start.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const cafe = {
  organization_name: 'Café Łódź',
  first_name: 'Zoë',
  last_name: 'O’Neil',
  email: 'zoe@lodz.example',
  phone: '+49 (30) 555-0142',
  address: { line1: '4 Straße des Friedens', city: 'Görlitz' },
  tags: ['Key account'],
  latitude: 51.15,
  longitude: 14.98,
}

interface Item {
  readonly data: SearchHit
}

const hits = async (query: string, who: keyof TestApp['tokens'] = 'admin') => {
  const { status, body, text } = await sendAs(who)(app, 'GET', `/v2/search?${query}`)
  expect(status, text).toBe(200)
  const { items }: { items: Item[] } = body
  return items.map(({ data }) => data)
}

const found = async (q: string, rest = '') =>
  (await hits(`q=${encodeURIComponent(q)}${rest}`)).map((hit) => `${hit.resource_type} ${hit.id}`)

describe('what is typed', () => {
  let lead: string
  let id: number
  beforeAll(async () => {
    const { body } = await sendAs('rep')(app, 'POST', '/v2/leads', cafe)
    id = body.data.id
    lead = `lead ${id}`
  })

  it.each([
    'cafe lod',
    'CAFÉ ŁÓDŹ',
    'lodz zoe',
    "o'neil",
    'zoe@lodz.example',
    'strasse gorl',
    'friedens',
    'key acc',
    '+49 30 555',
    '493055501',
  ])('finds a lead by the beginnings of its words: %s (10.2)', async (typed) => {
    expect(await found(typed)).toEqual([lead])
  })

  it.each(['afe', 'cafe berlin', '555', 'zoeb', 'straße 5'])(
    'finds nothing by what begins no word: %s (10.2)',
    async (typed) => {
      expect(await found(typed)).toEqual([])
    },
  )

  it.each([
    '"',
    '*',
    "'; drop table searched; --",
    'cafe" OR "x',
    'cafe NEAR(lodz)',
    'cafe NOT lodz',
    '-cafe)',
    '{words}: cafe:',
    "cafe':* | 'x",
    '^cafe !',
    '@1k0',
    '\\',
    '\0',
    '%',
    '🚪',
  ])('takes no sign for more than a gap between words: %s (10.2)', async (typed) => {
    const words = typed.match(/[a-z0-9]+/gi) ?? []
    const isFound = words.length > 0 && words.every((word) => /^(cafe|lodz)$/i.test(word))
    expect(await found(typed)).toEqual(isFound ? [lead] : [])
  })

  it('answers what a screen shows of each (10.2)', async () => {
    const { body } = await send(app, 'GET', '/v2/search?q=cafe&types=lead,contact&limit=5')
    expect(body.meta).toEqual({
      type: 'collection',
      count: 1,
      links: { self: `${app.url}/v2/search?q=cafe&types=lead,contact&limit=5` },
    })
    const [item] = body.items
    expect(item.meta).toEqual({ type: 'search_hit' })
    expect(item.data).toEqual({
      resource_type: 'lead',
      id,
      name: 'Zoë O’Neil',
      detail: 'Café Łódź, 4 Straße des Friedens, Görlitz',
      owner_id: people.rep,
      latitude: 51.15,
      longitude: 14.98,
    })
    expect(Check(SearchHit, item.data)).toBe(true)
  })

  it('follows each change and deletion at once (10.2)', async () => {
    const { body } = await send(app, 'POST', '/v2/contacts', { last_name: 'Quastel' })
    const path = `/v2/contacts/${body.data.id}`
    expect(await found('quast')).toEqual([`contact ${body.data.id}`])
    await send(app, 'PUT', path, { last_name: 'Rastel' })
    expect(await found('quast')).toEqual([])
    expect(await found('rast')).toEqual([`contact ${body.data.id}`])
    await send(app, 'DELETE', path)
    expect(await found('rast')).toEqual([])
    await app.import([userItem({ id: 88, name: 'Rastelli', email: 'r@acme.example' })])
    expect(await found('rast')).toEqual(['user 88'])
  })

  it('stays in its account (2.3)', async () => {
    expect(await hits('q=cafe', 'otherAdmin')).toEqual([])
    expect(await hits('q=cafe', 'stranger')).toHaveLength(1)
  })
})

it('puts first what was visited last, or with near the nearest (10.2)', async () => {
  const places = [52.5, 52.6, 52.7]
  const ids: number[] = []
  for (const latitude of places) {
    const lead = { last_name: `Xaver ${latitude}`, latitude, longitude: 13 }
    ids.push((await send(app, 'POST', '/v2/leads', lead)).body.data.id)
  }
  const [south = 0, middle = 0, north = 0] = ids
  const visits = [
    visitItem({ id: 1, resource_id: middle, visited_at: '2026-05-09T07:00:00Z' }),
    visitItem({ id: 2, resource_id: north, visited_at: '2026-05-08T07:00:00Z' }),
  ]
  await app.import(visits)
  const order = async (query: string, who: keyof TestApp['tokens'] = 'admin') =>
    (await hits(`q=xav${query}`, who)).map(({ id }) => id)
  expect(await order('')).toEqual([middle, north, south])
  expect(await order('', 'stranger')).toEqual([south, middle, north])
  expect(await order('&near=52.69,13')).toEqual([north, middle, south])
  expect(await order('&near=52.69,13&limit=1')).toEqual([north])
})

it('finds users for tokens with the scope profile only (10.2, 2.2)', async () => {
  const types = (list: readonly SearchHit[]) => list.map(({ resource_type: type }) => type)
  expect(types(await hits('q=manager'))).toEqual(['user'])
  expect(types(await hits('q=manager', 'reading'))).toEqual([])
  expect((await hits('q=manager&types=user'))[0]).toMatchObject({
    id: people.manager,
    detail: 'manager@acme.example',
    owner_id: null,
  })
  const refused = await sendAs('reading')(app, 'GET', '/v2/search?q=manager&types=user')
  expect([refused.status, refused.problems]).toEqual([403, [[undefined, 'insufficient_scope']]])
})

it.each([
  ['', 'q'],
  ['q=', 'q'],
  [`q=${'x'.repeat(201)}`, 'q'],
  [`q=${Array.from({ length: 11 }, (_, n) => `a${n}`).join('+')}`, 'q'],
  ['q=a&types=visit', 'types'],
  ['q=a&near=1', 'near'],
  ['q=a&near=91,0', 'near'],
  ['q=a&near=0,0,0', 'near'],
  ['q=a&near=0,zero', 'near'],
  ['q=a&limit=51', 'limit'],
  ['q=a&page=2', 'page'],
])('refuses %s (10.2, 3.5)', async (query, name) => {
  const { status, body } = await send(app, 'GET', `/v2/search?${query}`)
  expect(status).toBe(400)
  expect(body.errors[0].error.details).toContain(`'${name}'`)
})

it('answers 503 until what was stored before is in the index (10.2)', async () => {
  await app.change('delete from search_indexes')
  await app.change('delete from searched')
  const { status, headers } = await send(app, 'GET', '/v2/search?q=cafe')
  expect(status).toBe(503)
  expect(headers.has('Retry-After')).toBe(true)
  await app.maintain()
  expect(await found('cafe')).toHaveLength(1)
  expect(await found('rastelli')).toEqual(['user 88'])
})
