import { describe, expect, it } from 'vitest'

import { device, draft, iso, now, send, startWithLead } from '../support/check-in.ts'
import { people, recordItem, visitItem } from '../support/sell-items.ts'
import type { TestApp } from '../support/start.ts'

const hourMs = 3_600_000
const path = '/v2/visits?include=verification'

async function log(app: TestApp, given: object, more: object = {}) {
  const { status, body } = await send(app, 'POST', path, draft({ device: device(given), ...more }))
  expect(status).toBe(200)
  return body.data
}

describe('a fix that is none (6.1, 7)', () => {
  it.each([
    ['0, 0', { latitude: 0, longitude: 0 }],
    ['an accuracy of 0', { accuracy_m: 0 }],
    ['a negative accuracy', { accuracy_m: -1 }],
    ['an accuracy of null', { accuracy_m: null }],
    ['no accuracy', { accuracy_m: undefined }],
  ])('keeps the visit, with a reason of its own: %s', async (_, given) => {
    await using app = await startWithLead()
    const { id, ...visit } = await log(app, given)
    expect(visit).toMatchObject({
      rep_location_verification_status: 'location_unknown',
      verification: { reason: 'invalid_fix', distance_m: null, point: null, flags: [] },
    })
    const { items } = await app.client.stream.read({ position: 'tail' })
    expect(items.at(-1)?.data).toMatchObject({
      id,
      sales_rep_location: { latitude: null, longitude: null },
    })
    expect(await app.store.check(app.account)).toEqual([])
  })

  it('is no place from which somebody came too fast (7.1)', async () => {
    await using app = await startWithLead()
    const meta = { type: 'visit', sales_rep_location: { latitude: 0, longitude: 0 } }
    const { data } = visitItem({ id: 5, creator_id: people.rep, visited_at: iso(now - hourMs) })
    await app.import([{ data, meta }])
    await log(app, { latitude: 0, longitude: 0 })
    const { verification } = await log(app, {})
    expect(verification).toMatchObject({ status: 'verified', flags: [] })
  })

  it('is not verified later, when the lead gets another pin (7.2)', async () => {
    await using app = await startWithLead()
    await app.import([recordItem('lead', 900, people.rep)])
    const at = iso(now - 10 * 60_000)
    const given = [{ accuracy_m: 0 }, { is_mock: true }, { fix_at: at }, { accuracy_m: 5_000 }]
    for (const each of given) await log(app, each, { resource_id: 900 })
    const { latitude, longitude } = device()
    const pin = { resource_type: 'lead', resource_id: 900, latitude, longitude }
    const { body } = await send(app, 'POST', '/v2/pin_changes', pin)
    const decision = { status: 'approved', reverify: true }
    const token = app.tokens.admin
    await send(app, 'PUT', `/v2/pin_changes/${body.data.id}`, decision, { token })
    const list = await app.client.visits.list({ include: 'verification' })
    expect(list.items.map(({ data }) => data.verification?.reason)).toEqual([
      'invalid_fix',
      'mock_location',
      'stale_fix',
      'inaccurate_fix',
    ])
  })
})

describe('a location that an app made up (7.1)', () => {
  it('is accepted, never verified, and flagged', async () => {
    await using app = await startWithLead()
    const honest = await log(app, { is_mock: false })
    expect(honest.verification).toMatchObject({ status: 'verified', flags: [] })
    const mocked = await log(app, { is_mock: true })
    expect(mocked.verification).toMatchObject({
      status: 'location_unknown',
      reason: 'mock_location',
      flags: ['mock_location'],
    })
  })
})

describe('a visit that is dated more than a day from its fix (7.1)', () => {
  const flag = 'visited_at_far_from_fix'
  const at = (hours: number) => iso(now - 5000 - hours * hourMs)

  it('is flagged when it is logged, and when it is changed to that', async () => {
    await using app = await startWithLead()
    const near = await log(app, {}, { visited_at: at(24) })
    expect(near.verification.flags).toEqual([])
    const far = await log(app, {}, { visited_at: at(24.1) })
    expect(far.verification).toMatchObject({ status: 'verified', flags: [flag] })

    const change = async (hours: number) =>
      (
        await send(app, 'PUT', `/v2/visits/${near.id}?include=verification`, {
          visited_at: at(hours),
        })
      ).body.data.verification
    expect(await change(48)).toEqual({ ...near.verification, flags: [flag] })
    expect(await change(2)).toEqual(near.verification)
    expect(await app.store.check(app.account)).toEqual([])
  })
})
