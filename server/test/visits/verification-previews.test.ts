import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { device, draft, send as sendAsRep, startWithLead } from '../support/check-in.ts'
import { runs } from '../support/runs.ts'
import { send, sendAs } from '../support/send.ts'
import type { TestApp } from '../support/start.ts'

const preview = async (app: TestApp, radius_m: number) =>
  (await send(app, 'POST', '/v2/verification_previews', { radius_m })).body.data

/** Logs a visit from this device, and answers it. */
const log = async (app: TestApp, given: object) => {
  const { body, text } = await sendAsRep(app, 'POST', '/v2/visits', draft({ device: given }))
  if (!body?.data) throw new Error(text)
  return body.data
}

const everything = async (app: TestApp) => [
  (await send(app, 'GET', '/v2/visits?include=verification')).text,
  (await send(app, 'GET', '/v3/visits/stream?position=tail&limit=100')).text,
]

describe('verification previews (10.12)', () => {
  it('say where the rep was and what would change, and change nothing', async () => {
    await using app = await startWithLead()
    expect(await preview(app, 300)).toEqual({ judged: 0, would_change: 0, visits: [] })
    const near = await log(app, device())
    const east = await log(app, device({ latitude: 52.52, longitude: 13.4109 }))
    await log(app, { unavailable: 'permission_denied' })
    const stale = await log(app, device({ fix_at: '2026-05-09T07:00:00Z' }))
    const before = await everything(app)
    const found = await preview(app, 450)
    expect(found).toEqual({
      judged: 3,
      would_change: 1,
      visits: [
        {
          visit_id: stale.id,
          distance_m: 11.1,
          bearing: 0,
          accuracy_m: 12,
          status_now: 'location_unknown',
          status_then: 'location_unknown',
        },
        {
          visit_id: east.id,
          distance_m: 400.5,
          bearing: 90,
          accuracy_m: 12,
          status_now: 'resource_location_too_far',
          status_then: 'verified',
        },
        {
          visit_id: near.id,
          distance_m: 11.1,
          bearing: 0,
          accuracy_m: 12,
          status_now: 'verified',
          status_then: 'verified',
        },
      ],
    })
    expect(await everything(app)).toEqual(before)
    await app.client.leads.update(899, { verification_radius_m: 300 })
    expect((await preview(app, 450)).would_change).toBe(0)
    expect(
      (await sendAs('otherAdmin')(app, 'POST', '/v2/verification_previews', { radius_m: 50 })).body
        .data.judged,
    ).toBe(0)
    expect(
      (await sendAs('manager')(app, 'POST', '/v2/verification_previews', { radius_m: 50 })).status,
    ).toBe(403)
  })

  it('know the distance but no direction once the place of the rep is deleted', async () => {
    await using app = await startWithLead()
    await log(app, device({ latitude: 52.5236 }))
    await app.change('update visits set latitude = null, longitude = null')
    const { visits } = await preview(app, 500)
    expect(visits).toMatchObject([{ distance_m: 400.6, bearing: null, status_then: 'verified' }])
  })

  it('agree with what is judged once the radius is set', async () => {
    await using app = await startWithLead()
    const place = fc.record({
      latitude: fc.double({ min: 52.5, max: 52.54, noNaN: true }),
      longitude: fc.double({ min: 13.37, max: 13.44, noNaN: true }),
      accuracy_m: fc.double({ min: 1, max: 900, noNaN: true }),
      accuracy_confidence: fc.constantFrom(0.95, 0.68),
    })
    const radius = fc.integer({ min: 50, max: 2_000 })
    await fc.assert(
      fc.asyncProperty(place, radius, radius, async (given, now, then) => {
        await app.client.settings.update({ radius_m: now })
        await log(app, device(given))
        const [previewed] = (await preview(app, then)).visits
        await app.client.settings.update({ radius_m: then })
        const visit = await log(app, device(given))
        expect(previewed.status_then).toBe(visit.rep_location_verification_status)
      }),
      { numRuns: runs({ test: 15, rest: 80 }) },
    )
  })
})
