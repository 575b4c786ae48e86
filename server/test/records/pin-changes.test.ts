import { describe, expect, it } from 'vitest'

import { people, recordItem, visitItem } from '../support/sell-items.ts'
import { send } from '../support/send.ts'
import { startApp, type TestApp } from '../support/start.ts'

const start = Date.UTC(2026, 4, 9, 7, 30)
const dayMs = 24 * 3_600_000
const iso = (ms: number) => new Date(ms).toISOString()

async function startWithLead(clock: () => number = () => start): Promise<TestApp> {
  const app = await startApp({ clock })
  const { data } = recordItem('lead', 899, people.stranger)
  const location = { latitude: 52.52, longitude: 13.405, precision: 'rooftop' }
  await app.import([{ data, meta: { type: 'lead', location } }])
  return app
}

/** A visit that the rep logs 2 km north of where the lead is said to be. */
async function logFarVisit(app: TestApp): Promise<number> {
  const draft = {
    resource_type: 'lead',
    resource_id: 899,
    device: {
      latitude: 52.538,
      longitude: 13.405,
      accuracy_m: 12,
      fix_at: iso(start),
      captured_at: iso(start),
    },
  }
  const { body } = await send(app, 'POST', '/v2/visits', draft, { token: app.tokens.rep })
  expect(body.data.rep_location_verification_status).toBe('resource_location_too_far')
  return body.data.id
}

const pin = {
  resource_type: 'lead',
  resource_id: 899,
  latitude: 52.5381,
  longitude: 13.405,
  note: 'Moved',
}

const propose = async (app: TestApp) =>
  (await send(app, 'POST', '/v2/pin_changes', pin, { token: app.tokens.rep })).body.data

describe('a pin that is wrong (7)', () => {
  it('is moved when a manager approves, and the visits it affects are judged again', async () => {
    await using app = await startWithLead()
    const id = await logFarVisit(app)
    const proposal = await propose(app)
    expect(proposal).toMatchObject({ creator_id: people.rep, status: 'pending', decided_by: null })

    const decision = { status: 'approved', reverify: true }
    const path = `/v2/pin_changes/${proposal.id}`
    const { body } = await send(app, 'PUT', path, decision, { token: app.tokens.manager })

    expect(body).toMatchObject({
      data: { status: 'approved', decided_by: people.manager },
      meta: { reverified: 1 },
    })
    const visit = await send(app, 'GET', `/v2/visits/${id}?include=verification`)
    expect(visit.body.data.verification).toMatchObject({
      status: 'verified',
      precision: 'pin',
      point: { latitude: 52.5381 },
    })
    const { items } = await app.client.stream.read({ position: 'tail', limit: 100 })
    expect(items.at(-1)?.meta).toMatchObject({
      event_type: 'updated',
      event_cause: 'system',
      previous: { sales_rep_location: { verification_status: 'resource_location_too_far' } },
    })
    expect(await app.store.check(app.account)).toEqual([])
  })

  it('changes no verdict when nobody asks, nor when it is rejected', async () => {
    await using app = await startWithLead()
    const id = await logFarVisit(app)
    const first = await propose(app)
    await send(
      app,
      'PUT',
      `/v2/pin_changes/${first.id}`,
      { status: 'rejected' },
      { token: app.tokens.admin },
    )
    const second = await propose(app)
    await send(
      app,
      'PUT',
      `/v2/pin_changes/${second.id}`,
      { status: 'approved' },
      { token: app.tokens.admin },
    )
    const visit = await send(app, 'GET', `/v2/visits/${id}`, undefined, { token: app.tokens.rep })
    expect(visit.body.data.rep_location_verification_status).toBe('resource_location_too_far')
    const again = { status: 'approved' }
    const decided = await send(app, 'PUT', `/v2/pin_changes/${first.id}`, again, {
      token: app.tokens.admin,
    })
    expect([decided.status, decided.problems]).toEqual([422, [[undefined, 'conflict']]])
  })

  it('is moved at once by those who may move it, and by nobody else', async () => {
    await using app = await startWithLead()
    const id = await logFarVisit(app)
    const draft = { ...pin, status: 'approved', reverify: true }
    const post = (token: string) => send(app, 'POST', '/v2/pin_changes', draft, { token })
    expect((await post(app.tokens.rep)).status).toBe(403)
    expect((await post(app.tokens.manager)).status).toBe(403)
    await app.client.leads.update(899, { owner_id: people.rep })
    expect((await post(app.tokens.rep)).status).toBe(403)
    const { body } = await post(app.tokens.manager)
    expect(body).toMatchObject({
      data: { creator_id: people.manager, decided_by: people.manager, status: 'approved' },
      meta: { reverified: 1 },
    })
    const visit = await send(app, 'GET', `/v2/visits/${id}`)
    expect(visit.body.data.rep_location_verification_status).toBe('verified')
    expect(await app.store.check(app.account)).toEqual([])
  })

  it('is decided by those above, never by oneself, and seen by nobody else', async () => {
    await using app = await startWithLead()
    const { id } = await propose(app)
    const decide = async (token: string) =>
      (await send(app, 'PUT', `/v2/pin_changes/${id}`, { status: 'approved' }, { token })).status
    expect(await decide(app.tokens.rep)).toBe(403)
    expect(await decide(app.tokens.stranger)).toBe(404)
    expect(await decide(app.tokens.otherAdmin)).toBe(404)
    const list = async (token: string) =>
      (await send(app, 'GET', '/v2/pin_changes?status=pending', undefined, { token })).body.items
        .length
    expect(await list(app.tokens.manager)).toBe(1)
    expect(await list(app.tokens.rep)).toBe(1)
    expect(await list(app.tokens.stranger)).toBe(0)
    expect(await decide(app.tokens.manager)).toBe(200)
  })

  it('names a record that exists (6.5)', async () => {
    await using app = await startWithLead()
    const wrong = { ...pin, resource_id: 1, latitude: 91 }
    const { status, body } = await send(app, 'POST', '/v2/pin_changes', wrong, {
      token: app.tokens.rep,
    })
    expect(status).toBe(422)
    expect(body.errors[0].error.field).toBe('/latitude')
    const unknown = { ...pin, resource_id: 1 }
    const second = await send(app, 'POST', '/v2/pin_changes', unknown, { token: app.tokens.rep })
    expect(second.body.errors[0].error.field).toBe('/resource_id')
  })
})

describe('where a rep was (7.3)', () => {
  it('is forgotten after 60 days, while distance and verdict stay; what was imported stays', async () => {
    let now = start
    await using app = await startWithLead(() => now)
    const id = await logFarVisit(app)
    const location = { latitude: 1.5, longitude: 2.5 }
    await app.import([
      { ...visitItem({ id: 7 }), meta: { type: 'visit', sales_rep_location: location } },
    ])
    now = start + 60 * dayMs
    await app.maintain()
    const position = (await app.client.stream.read({ position: 'top' })).meta.position
    now += 1
    await app.maintain()
    const { items } = await app.client.stream.read({ position })
    expect(items).toMatchObject([
      {
        data: { id, sales_rep_location: { latitude: null, longitude: null } },
        meta: {
          event_cause: 'system',
          previous: { sales_rep_location: { latitude: null, longitude: null } },
        },
      },
    ])
    const visit = await send(app, 'GET', `/v2/visits/${id}?include=verification`)
    expect(visit.body.data.verification.distance_m).toBeGreaterThan(1900)
    await app.maintain()
    expect((await app.client.stream.read({ position })).items).toHaveLength(1)
  })
})
