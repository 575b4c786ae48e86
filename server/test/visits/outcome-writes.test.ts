import { createClient } from '@doorstep/client/client'
import { describe, expect, it, vi } from 'vitest'

import { serveDoorstep } from '../support/doorstep.ts'
import {
  outcomeItem,
  people,
  recordItem,
  visitEventItem,
  visitItem,
} from '../support/sell-items.ts'
import { send } from '../support/sending.ts'
import { startApp, type TestApp } from '../support/start.ts'
import { temporaryFolder } from '../support/temporary.ts'

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

  it('keeps one that was made inactive, or that others were merged into', async () => {
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

describe('POST /v2/visit_outcomes (9.1)', () => {
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

  it('tells all errors at once (6.5)', async () => {
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

describe('PUT /v2/visit_outcomes/:id (9.1)', () => {
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

  it('is for admins, and for what is there', async () => {
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

describe('POST /v2/visit_outcomes/:id/merge', () => {
  it('gives its visits the other outcome, each with an event of cause system (5.3)', async () => {
    await using app = await startApp()
    const visits = Array.from({ length: 1200 }, (_, n) => visitItem({ id: n + 1, outcome_id: 33 }))
    await app.import([outcomeItem(), outcomeItem({ id: 34, name: 'Keen' }), ...visits])
    const { status, body } = await send(app, 'POST', `${path}/33/merge?include=style`, {
      into_id: 34,
    })
    expect({ status, active: body.data.active }).toEqual({ status: 200, active: false })
    await app.maintain()
    const { stream } = await app.store.events.read(app.account, { offset: 0, limit: 0 })
    expect(stream.head).toBe(2400)
    const { items } = await app.store.events.read(app.account, { offset: 2399, limit: 1 })
    expect(JSON.parse(Buffer.from(items).toString())).toMatchObject({
      data: { id: 1200, outcome: { id: 34, name: 'Keen' } },
      meta: { event_cause: 'system', previous: { outcome: { id: 33, name: 'Interested' } } },
    })
    expect((await app.client.visits.list({ outcome_id: 33 })).items).toEqual([])
    expect(await app.store.check(app.account)).toEqual([])
    await app.import([visits[0], visitItem({ id: 5000, outcome_id: 33 })])
    const { items: late } = await app.client.visits.list({ ids: [1, 5000] })
    expect(late.map(({ data }) => data.outcome_id)).toEqual([34, 34])
  })

  it('goes on where it was when it is cut off after any batch', async () => {
    await using app = await startApp()
    const visits = Array.from({ length: 1200 }, (_, n) => visitItem({ id: n + 1, outcome_id: 33 }))
    await app.import([outcomeItem(), outcomeItem({ id: 34, name: 'Keen' }), ...visits])
    await send(app, 'POST', `${path}/33/merge`, { into_id: 34 })
    const write = vi.spyOn(app.store, 'write')
    write.mockRejectedValueOnce(new Error('cut off'))
    await expect(app.maintain()).rejects.toThrow('cut off')
    await app.maintain()
    expect(write.mock.calls.length).toBeGreaterThan(3)
    const { stream } = await app.store.events.read(app.account, { offset: 0, limit: 0 })
    expect(stream.head).toBe(2400)
  })

  it('follows a chain of merges', async () => {
    await using app = await startApp()
    const outcomes = [33, 34, 35].map((id) => outcomeItem({ id, name: `Outcome ${id}` }))
    await app.import([...outcomes, visitItem({ id: 1, outcome_id: 33 })])
    await send(app, 'POST', `${path}/33/merge`, { into_id: 34 })
    await send(app, 'POST', `${path}/34/merge`, { into_id: 35 })
    await app.maintain()
    expect((await app.client.visits.list()).items[0]?.data.outcome_id).toBe(35)
  })

  it('refuses itself, what is not there or not used any more, and who is no admin', async () => {
    await using app = await startApp()
    await app.import([33, 34].map((id) => outcomeItem({ id, name: `Outcome ${id}` })))
    await send(app, 'PUT', `${path}/34`, { active: false })
    for (const into_id of [33, 34, 4242]) {
      const { problems } = await send(app, 'POST', `${path}/33/merge`, { into_id })
      expect(problems, String(into_id)).toEqual([['/into_id', 'incorrect_value']])
    }
    expect((await send(app, 'POST', `${path}/4242/merge`, { into_id: 33 })).status).toBe(404)
    const token = app.tokens.manager
    expect((await send(app, 'POST', `${path}/33/merge`, { into_id: 34 }, { token })).status).toBe(
      403,
    )
  })
})

describe('a running server', () => {
  it('spreads a new name within a second (5.3)', async () => {
    const { url, token } = await serveDoorstep(temporaryFolder())
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }
    const write = async (method: string, to: string, data: object) => {
      const init = { method, headers, body: JSON.stringify({ data }) }
      const response = await fetch(`${url}${to}`, init)
      expect(response.status).toBe(200)
      return (await response.json()) as { data: { id: number } }
    }
    const client = createClient({ url, token })
    const [outcome] = (await client.outcomes.list()).items
    const lead = await write('POST', '/v2/leads', { last_name: 'Customer' })
    const outcome_id = outcome?.data.id
    await write('POST', '/v2/visits', {
      resource_type: 'lead',
      resource_id: lead.data.id,
      outcome_id,
    })
    await write('PUT', `${path}/${outcome_id}`, { name: 'Keen' })
    const renamed = async () => {
      const { items } = await client.stream.read({ position: 'tail' })
      expect(items.at(-1)?.data.outcome?.name).toBe('Keen')
    }
    await vi.waitFor(renamed, { timeout: 1000, interval: 50 })
  })
})
