import { describe, expect, it } from 'vitest'

import { device, draft, iso, now, send, startWithLead } from '../support/check-in.ts'
import { people, recordItem } from '../support/sell-items.ts'

describe('POST /v2/visits', () => {
  it('logs a visit that is then in the list, by its id, and in the stream (6.1, 6.4)', async () => {
    await using app = await startWithLead()
    const { meta: top } = await app.client.stream.read({ position: 'top' })

    const { status, body } = await send(app, 'POST', '/v2/visits?include=verification', draft())

    expect(status).toBe(200)
    expect(body.data).toMatchObject({
      creator_id: people.rep,
      outcome_id: 33,
      resource_address: '4 Mill Lane, Berlin',
      rep_location_verification_status: 'verified',
      visited_at: iso(now - 1000),
      created_at: iso(now),
      verification: { reason: 'within_radius', radius_m: 300, accuracy_m: 12, flags: [] },
    })
    expect(body.data.id).toBeGreaterThanOrEqual(2_000_000_000)
    const { verification: _, ...visit } = body.data
    const rep = app.clientOf(app.tokens.rep)
    expect((await rep.visits.list()).items.map(({ data }) => data)).toEqual([visit])
    expect((await send(app, 'GET', `/v2/visits/${visit.id}`)).body.data).toEqual(visit)
    const page = await app.client.stream.read({ position: top.position })
    expect(page.meta.position).toBe(body.meta.position)
    expect(page.items[0]).toMatchObject({
      data: { id: visit.id, sales_rep_location: { latitude: 52.5201 }, outcome: { id: 33 } },
      meta: { event_type: 'created', event_cause: 'interaction', sequence: 1 },
    })
    expect(await app.store.check(app.account)).toEqual([])
  })

  it('ignores a meta beside the data of a body (1.4)', async () => {
    await using app = await startWithLead()
    const meta = { type: 'lead', position: 'x', color: 'red' }

    const { status, body } = await send(
      app,
      'POST',
      '/v2/visits',
      JSON.stringify({ data: draft(), meta }),
    )

    expect(status).toBe(200)
    expect(body.meta.type).toBe('visit')
    const path = `/v2/visits/${body.data.id}`
    const change = JSON.stringify({ data: { summary: 'Later' }, meta })
    expect((await send(app, 'PUT', path, change)).body.data.summary).toBe('Later')
  })

  it('never takes the client’s word for the verdict (6.1)', async () => {
    await using app = await startWithLead()
    const far = await send(app, 'POST', '/v2/visits', draft({ device: device({ latitude: 52.6 }) }))
    expect(far.body.data.rep_location_verification_status).toBe('resource_location_too_far')
    const desk = await send(app, 'POST', '/v2/visits', draft({ device: null }))
    expect(desk.body.data.rep_location_verification_status).toBe('location_unknown')
    const off = { unavailable: 'permission_denied' }
    const denied = await send(app, 'POST', '/v2/visits', draft({ device: off }))
    expect(denied.body.data.rep_location_verification_status).toBe('location_services_disabled')
    const lie = { rep_location_verification_status: 'verified' }
    const refused = await send(app, 'POST', '/v2/visits', draft(lie))
    expect(refused.problems).toEqual([['/rep_location_verification_status', 'unknown']])
  })

  it('reports all errors of a body at once, with their pointers (6.5)', async () => {
    await using app = await startWithLead()
    const { status, problems } = await send(app, 'POST', '/v2/visits', {
      resource_type: 'deal',
      outcome_id: 77,
      summary: 'x'.repeat(10_001),
      visited_at: iso(now + 24 * 3_600_000),
      color: 'red',
      device: device({ latitude: 91, accuracy_m: 'x', fix_at: iso(now + 86_400_000) }),
    })
    expect(status).toBe(422)
    expect(problems).toEqual([
      ['/resource_type', 'incorrect_value'],
      ['/summary', 'incorrect_value'],
      ['/color', 'unknown'],
      ['/device/latitude', 'incorrect_value'],
      ['/device/accuracy_m', 'invalid_type'],
      ['/resource_id', 'missing'],
      ['/visited_at', 'incorrect_value'],
      ['/device/fix_at', 'incorrect_value'],
      ['/outcome_id', 'incorrect_value'],
    ])
  })

  it.each([
    ['a lead of another account', { resource_id: 4242 }, '/resource_id', 'incorrect_value'],
    ['null where a value is needed', { resource_id: null }, '/resource_id', 'blank'],
    ['text for a number', { resource_id: '899' }, '/resource_id', 'invalid_type'],
    ['control characters', { summary: 'a\u0000b' }, '/summary', 'incorrect_value'],
    ['half of a character', { summary: '\ud800' }, '/summary', 'incorrect_value'],
    ['a device that is a list', { device: [] }, '/device', 'invalid_type'],
    [
      'a time without an offset',
      { visited_at: '2026-05-09T07:30:16' },
      '/visited_at',
      'incorrect_value',
    ],
  ])('refuses %s (6.5)', async (_, given, field, code) => {
    await using app = await startWithLead()
    await app.import([recordItem('lead', 4242, 1)], app.otherAccount)
    const { status, problems } = await send(app, 'POST', '/v2/visits', draft(given))
    expect({ status, problems }).toEqual({ status: 422, problems: [[field, code]] })
  })

  it('refuses what is no object, too large, of another type, or without the scope (6.6)', async () => {
    await using app = await startWithLead()
    const post = (body: string) => send(app, 'POST', '/v2/visits', body)
    for (const text of ['[]', '"x"', '{"data":[]}', '{}', '{"data":{"summary":NaN}}', '{']) {
      expect(await post(text), text).toMatchObject({
        status: 400,
        body: { errors: [{ error: { code: 'invalid_payload' } }] },
      })
    }
    const large = await post(JSON.stringify({ data: draft({ summary: 'x'.repeat(65 * 1024) }) }))
    expect(large).toMatchObject({
      status: 413,
      body: { errors: [{ error: { code: 'payload_too_large' } }] },
    })
    expect(large.text).toContain('at most 65536 bytes')
    expect((await post('{')).text).toContain('not valid JSON. Send an object')
    const plain = { 'Content-Type': 'text/plain' }
    const note = await app.fetch('/v2/visits', { method: 'POST', headers: plain, body: 'a' })
    expect(note.status).toBe(415)
    const form = await app.fetch('/v2/visits', { method: 'POST', body: new URLSearchParams('a=b') })
    expect(form.status).toBe(415)
    const reader = { token: app.tokens.reading }
    expect(await send(app, 'POST', '/v2/visits', draft(), reader)).toMatchObject({ status: 403 })
  })

  it('corrects times by a clock that is wrong, and flags what looks odd', async () => {
    await using app = await startWithLead()
    const hour = 3_600_000
    const ahead = device({
      fix_at: iso(now + hour - 5000),
      captured_at: iso(now + hour - 1000),
      sent_at: iso(now + hour),
    })
    const path = '/v2/visits?include=verification'
    const first = await send(app, 'POST', path, draft({ device: ahead }))
    expect(first.body.data).toMatchObject({
      visited_at: iso(now - 1000),
      verification: { status: 'verified', flags: ['clock_skew'], fix_at: iso(now - 5000) },
    })
    const leap = device({
      latitude: 53.5,
      captured_at: iso(now - 60_000),
      fix_at: iso(now - 60_000),
    })
    const second = await send(app, 'POST', path, draft({ device: leap }))
    expect(second.body.data.verification.flags).toEqual(['impossible_speed'])
    const late = now - 8 * 24 * hour
    const old = device({ captured_at: iso(late), fix_at: iso(late) })
    const third = await send(app, 'POST', path, draft({ device: old }))
    expect(third.body.data.verification.flags).toEqual(['repeated_coordinates', 'late_sync'])
  })
})

describe('an Idempotency-Key (6.3)', () => {
  it('is answered with the first answer again, byte for byte, and logs nothing twice', async () => {
    await using app = await startWithLead()
    const first = await send(app, 'POST', '/v2/visits', draft(), { key: 'a-1' })
    const again = await send(app, 'POST', '/v2/visits', draft(), { key: 'a-1' })
    expect(again.text).toBe(first.text)
    expect(first.headers.get('Idempotency-Replayed')).toBeNull()
    expect(again.headers.get('Idempotency-Replayed')).toBe('true')
    expect((await app.client.visits.list()).items).toHaveLength(1)
  })

  it('is refused with another body, and belongs to its user', async () => {
    await using app = await startWithLead()
    await send(app, 'POST', '/v2/visits', draft(), { key: 'b' })
    const other = await send(app, 'POST', '/v2/visits', draft({ summary: 'Other' }), { key: 'b' })
    expect(other.status).toBe(422)
    expect(other.problems).toEqual([[undefined, 'idempotency_key_reused']])
    const theirs = { key: 'b', token: app.tokens.manager }
    expect((await send(app, 'POST', '/v2/visits', draft(), theirs)).status).toBe(200)
  })

  it('does not count when an attempt was sent, but all else that the device says', async () => {
    await using app = await startWithLead()
    const sent = (given: object) =>
      send(app, 'POST', '/v2/visits', draft({ device: device(given) }), { key: 'g' })
    const first = await sent({ sent_at: iso(now) })
    for (const given of [{ sent_at: iso(now + 90_000) }, {}]) {
      const again = await sent(given)
      expect(again.text).toBe(first.text)
      expect(again.headers.get('Idempotency-Replayed')).toBe('true')
    }
    const elsewhere = await sent({ sent_at: iso(now), latitude: 52.5202 })
    expect(elsewhere.status).toBe(422)
    expect(elsewhere.problems).toEqual([[undefined, 'idempotency_key_reused']])
  })

  it('logs once when it comes twice at once', async () => {
    await using app = await startWithLead()
    const both = await Promise.all(
      Array.from({ length: 8 }, () => send(app, 'POST', '/v2/visits', draft(), { key: 'c' })),
    )
    for (const { status } of both) expect([200, 409]).toContain(status)
    expect((await app.client.visits.list()).items).toHaveLength(1)
  })

  it('is not used up by a request that is refused', async () => {
    await using app = await startWithLead()
    await send(app, 'POST', '/v2/visits', draft({ outcome_id: 1 }), { key: 'd' })
    expect((await send(app, 'POST', '/v2/visits', draft(), { key: 'd' })).status).toBe(200)
    expect((await send(app, 'POST', '/v2/visits', draft(), { key: 'e e' })).status).toBe(400)
    expect((await send(app, 'POST', '/v2/visits', draft(), { key: 'f'.repeat(129) })).status).toBe(
      400,
    )
  })
})
