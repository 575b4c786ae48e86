import { describe, expect, it } from 'vitest'

import {
  outcomeItem,
  people,
  recordItem,
  visitEventItem,
  visitItem,
} from '../support/sell-items.ts'
import { send } from '../support/send.ts'
import { startApp, type TestApp } from '../support/start.ts'

const path = '/v2/visit_outcomes'

async function styled(app: TestApp): Promise<Record<string, unknown>[]> {
  const { body } = await send(app, 'GET', `${path}?include=style`)
  const items: { data: Record<string, unknown> }[] = body.items
  return items.map(({ data }) => data)
}

const byPlace = async (app: TestApp) =>
  (await styled(app))
    .toSorted((a, b) => Number(a['position']) - Number(b['position']))
    .map(({ name }) => name)

async function idOf(app: TestApp, name: string): Promise<number> {
  const found = (await styled(app)).find((outcome) => outcome['name'] === name)
  return Number(found?.['id'])
}

async function events(app: TestApp) {
  return (await app.client.stream.read({ position: 'tail', limit: 100 })).items
}

describe('a new account', () => {
  it('begins with five outcomes, each with looks of its own (4.7)', async () => {
    await using app = await startApp()
    const outcomes = await styled(app)
    expect(outcomes.map(({ name, position, active }) => [name, position, active])).toEqual([
      ['Interested', 1, true],
      ['Not interested', 2, true],
      ['No answer', 3, true],
      ['Come back later', 4, true],
      ['Customer on site', 5, true],
    ])
    expect(new Set(outcomes.map(({ color }) => color)).size).toBe(5)
    expect(new Set(outcomes.map(({ icon }) => icon)).size).toBe(5)
    const plain = await app.client.outcomes.list()
    expect(Object.keys(plain.items[0]?.data ?? {})).toEqual([
      'id',
      'name',
      'created_at',
      'updated_at',
    ])
  })

  it('gives way with a default to an imported outcome of the same name', async () => {
    await using app = await startApp()
    const [first] = await styled(app)
    await app.import([outcomeItem({ id: 33, name: 'interested' })])
    const looks = { color: first?.['color'], icon: first?.['icon'], position: 1 }
    expect((await styled(app))[0]).toMatchObject({ id: 33, name: 'interested', ...looks })
    expect(await styled(app)).toHaveLength(5)
    await app.import([
      visitEventItem({ outcome: { id: 44, name: 'No answer', has_original_name: true } }),
    ])
    expect((await styled(app)).map(({ id }) => Number(id) < 100)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ])
    expect(await app.import([outcomeItem({ id: 33, name: 'interested' })])).toMatchObject({
      unchanged: 1,
    })
  })

  it('keeps one that is inactive, or that others were merged into', async () => {
    await using app = await startApp()
    const [kept, target, merged] = (await styled(app)).map(({ id }) => Number(id))
    await send(app, 'PUT', `${path}/${kept}`, { active: false })
    await send(app, 'POST', `${path}/${merged}/merge`, { into_id: target })
    const names = ['Interested', 'Not interested', 'No answer']
    await app.import(names.map((name, n) => outcomeItem({ id: 33 + n, name })))
    const ids = (await styled(app)).map(({ id }) => id)
    expect(ids).toEqual(expect.arrayContaining([kept, target, merged]))
  })

  it('keeps a default that a visit has', async () => {
    await using app = await startApp()
    await app.import([recordItem('lead', 899, people.rep)])
    const id = await idOf(app, 'Interested')
    const draft = { resource_type: 'lead', resource_id: 899, outcome_id: id }
    expect((await send(app, 'POST', '/v2/visits', draft)).status).toBe(200)
    await app.import([outcomeItem()])
    expect((await styled(app)).map((outcome) => outcome['id'])).toContain(id)
    expect(await styled(app)).toHaveLength(6)
  })
})

describe('POST /v2/visit_outcomes (4.7)', () => {
  it('adds an outcome that a visit can then have', async () => {
    await using app = await startApp()
    const given = { name: 'Order placed', color: '#00aa00', icon: 'cart', position: 2 }
    const { status, body } = await send(app, 'POST', `${path}?include=style`, given)
    expect(status).toBe(200)
    expect(body).toEqual({
      data: {
        id: 2_000_000_005,
        created_at: expect.stringMatching(/\.\d{3}Z$/),
        updated_at: body.data.created_at,
        ...given,
        active: true,
      },
      meta: { type: 'visit_outcome' },
    })
    expect((await byPlace(app)).slice(0, 3)).toEqual([
      'Interested',
      'Order placed',
      'Not interested',
    ])
    const one = await send(app, 'GET', `${path}/${body.data.id}`)
    expect(Object.keys(one.body.data)).toEqual(['id', 'name', 'created_at', 'updated_at'])
  })

  it('reports all errors at once (6.5)', async () => {
    await using app = await startApp()
    const wrong = { name: 'interested', color: 'red', icon: 'A b', position: 0, size: 1 }
    const { status, problems } = await send(app, 'POST', path, wrong)
    expect(status).toBe(422)
    expect(problems).toEqual([
      ['/color', 'incorrect_value'],
      ['/icon', 'incorrect_value'],
      ['/position', 'incorrect_value'],
      ['/size', 'unknown'],
      ['/name', 'already_exists'],
    ])
    expect((await send(app, 'POST', path, {})).problems).toEqual([['/name', 'missing']])
    expect((await send(app, 'POST', path, { name: ' ' })).problems).toEqual([['/name', 'blank']])
    const long = { name: 'x'.repeat(101) }
    expect((await send(app, 'POST', path, long)).problems).toEqual([['/name', 'incorrect_value']])
  })

  it('is for admins, whatever the body (8.2)', async () => {
    await using app = await startApp()
    const token = app.tokens.manager
    for (const data of [{ name: 'New' }, { colour: 1 }]) {
      const { status, problems } = await send(app, 'POST', path, data, { token })
      expect({ status, problems }).toEqual({ status: 403, problems: [[undefined, 'forbidden']] })
    }
  })
})

describe('PUT /v2/visit_outcomes/:id (4.7)', () => {
  it('moves the others when one gets another place', async () => {
    await using app = await startApp()
    const id = await idOf(app, 'Customer on site')
    expect((await send(app, 'PUT', `${path}/${id}`, { position: 1 })).status).toBe(200)
    expect(await byPlace(app)).toEqual([
      'Customer on site',
      'Interested',
      'Not interested',
      'No answer',
      'Come back later',
    ])
    await send(app, 'PUT', `${path}/${id}`, { position: 99 })
    expect((await styled(app)).map(({ position }) => position)).toEqual([1, 2, 3, 4, 5])
  })

  it('gives a new name to the visits in the background, by events of their own cause (5.3)', async () => {
    await using app = await startApp()
    await app.import([outcomeItem(), visitItem({ outcome_id: 33 })])
    const { body } = await send(app, 'PUT', `${path}/33`, { name: 'Keen' })
    expect(body.data.name).toBe('Keen')
    await app.maintain()
    expect((await events(app)).at(-1)).toMatchObject({
      data: { outcome: { id: 33, name: 'Keen', has_original_name: false } },
      meta: {
        event_type: 'updated',
        event_cause: 'embedded_object_event',
        previous: { outcome: { name: 'Interested' } },
      },
    })
    expect(await app.store.check(app.account)).toEqual([])
  })

  it('keeps an inactive outcome from new visits, and its name free', async () => {
    await using app = await startApp()
    await app.import([recordItem('lead', 899, people.rep)])
    const id = await idOf(app, 'No answer')
    await send(app, 'PUT', `${path}/${id}`, { active: false })
    const draft = { resource_type: 'lead', resource_id: 899, outcome_id: id }
    const refused = await send(app, 'POST', '/v2/visits', draft)
    expect(refused.problems).toEqual([['/outcome_id', 'incorrect_value']])
    expect((await send(app, 'POST', path, { name: 'No answer' })).status).toBe(200)
    const again = await send(app, 'PUT', `${path}/${id}`, { active: true })
    expect(again.problems).toEqual([['/name', 'already_exists']])
  })

  it('is for admins, and for existing outcomes', async () => {
    await using app = await startApp()
    const id = await idOf(app, 'No answer')
    const as = (token: string, to: number | string = id) =>
      send(app, 'PUT', `${path}/${to}`, { name: 'X' }, { token })
    expect((await as(app.tokens.rep)).status).toBe(403)
    expect((await as(app.tokens.reading)).problems).toEqual([[undefined, 'insufficient_scope']])
    expect((await as(app.tokens.admin, 4242)).status).toBe(404)
    expect((await as(app.tokens.admin, 'abc')).status).toBe(404)
    const { body } = await send(
      app,
      'POST',
      path,
      { name: 'Theirs' },
      { token: app.tokens.otherAdmin },
    )
    await send(app, 'POST', path, { name: 'Mine' })
    expect(body.data.id).toBe(await idOf(app, 'Mine'))
  })
})
