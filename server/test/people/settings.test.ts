import { describe, expect, it } from 'vitest'

import { send as sendAsRep, draft, device, startWithLead } from '../support/check-in.ts'
import { recordItem, people } from '../support/sell-items.ts'
import { send, sendAs } from '../support/send.ts'
import { startApp, type TestApp } from '../support/start.ts'

const hour = 3_600_000
const day = 24 * hour

const put = (app: TestApp, given: object) => send(app, 'PUT', '/v2/settings', given)

describe('settings (10.12)', () => {
  it('are those of the server until the account has its own', async () => {
    await using app = await startApp()
    const standard = {
      name: 'Acme',
      timezone: 'UTC+00:00',
      radius_m: 300,
      visit_every_days: null,
      days_kept: 60,
      retention_hours: 72,
      geocoder: { adapter: 'none', has_key: false },
      map: { style_url: null, attribution: null },
      has_demo: false,
      fixed: ['geocoder'],
    }
    expect((await app.client.settings.get()).data).toEqual(standard)
    const change = {
      name: 'Acme Field',
      timezone: 'Europe/Berlin',
      radius_m: 150,
      visit_every_days: 30,
      days_kept: 7,
      retention_hours: 240,
      map: { style_url: 'https://maps.example/s.json?key=1', attribution: '© Maps' },
    }
    expect((await put(app, change)).body.data).toEqual({ ...standard, ...change })
    expect((await app.client.settings.get()).data).toEqual({ ...standard, ...change })
    const half = await put(app, { map: { attribution: null }, days_kept: null })
    expect(half.body.data).toEqual({
      ...standard,
      ...change,
      days_kept: 60,
      map: { style_url: change.map.style_url, attribution: null },
    })
    await put(app, { map: { attribution: '© Maps' } })
    const none = { retention_hours: null, map: { style_url: null } }
    const { name, timezone, radius_m, visit_every_days } = change
    const bare = { ...standard, name, timezone, radius_m, visit_every_days }
    expect((await put(app, none)).body.data).toEqual(bare)
    const other = await sendAs('otherAdmin')(app, 'GET', '/v2/settings')
    expect(other.body.data).toEqual({ ...standard, name: 'Other' })
  })

  it('that whoever runs the server has fixed are shown, and 422 to change', async () => {
    const fixed = ['geocoder', 'days_kept', 'retention_hours', 'map'] as const
    const map = { styleUrl: 'https://maps.example/s.json', attribution: '© Maps' }
    const geocoder = { name: 'google', hasKey: true }
    const limits = { retentionMs: 24 * hour, repLocationMs: 30 * day }
    await using app = await startApp({ settings: { fixed, map, geocoder, ...limits } })
    const before = await app.client.settings.get()
    expect(before.data).toMatchObject({
      days_kept: 30,
      retention_hours: 24,
      geocoder: { adapter: 'google', has_key: true },
      map: { style_url: map.styleUrl, attribution: map.attribution },
      fixed,
    })
    const refused = await put(app, { name: 'A', days_kept: 5, retention_hours: 5, map: {} })
    expect([refused.status, refused.problems]).toEqual([
      422,
      ['days_kept', 'retention_hours', 'map'].map((each) => [`/${each}`, 'incorrect_value']),
    ])
    expect((await put(app, { geocoder: { adapter: 'none' } })).problems).toContainEqual([
      '/geocoder',
      'unknown',
    ])
    expect(await app.client.settings.get()).toEqual(before)
    const info = await send(app, 'GET', '/v2/app')
    expect(info.body.data).toMatchObject({
      map: { style_url: map.styleUrl, has_streets: true },
      location: { days_kept: 30 },
    })
  })

  it('are for admins, and refuse what cannot be', async () => {
    await using app = await startApp()
    for (const who of ['manager', 'rep'] as const) {
      expect((await sendAs(who)(app, 'GET', '/v2/settings')).status).toBe(403)
      expect((await sendAs(who)(app, 'PUT', '/v2/settings', { name: 'A' })).status).toBe(403)
    }
    expect((await sendAs('profile')(app, 'PUT', '/v2/settings', { name: 'A' })).status).toBe(403)
    for (const [field, given] of [
      ['/name', { name: ' ' }],
      ['/timezone', { timezone: 'Mars/Olympus' }],
      ['/timezone', { timezone: 'UTC+1' }],
      ['/timezone', { timezone: '+01:00' }],
      ['/radius_m', { radius_m: 49 }],
      ['/visit_every_days', { visit_every_days: 0 }],
      ['/radius_m', { radius_m: 2001 }],
      ['/days_kept', { days_kept: 0 }],
      ['/retention_hours', { retention_hours: 1e9 }],
      ['/map/style_url', { map: { style_url: 'javascript:alert(1)' } }],
      ['/map/style_url', { map: { style_url: 'https://ada:x@maps.example/' } }],
    ] as const) {
      const { status, problems } = await put(app, given)
      expect([status, problems.map(([name]) => name)]).toEqual([422, [field]])
    }
  })

  it('a time zone is an offset to those who read the account as in Sell (9.1.1)', async () => {
    let now = Date.UTC(2026, 0, 5)
    await using app = await startApp({ clock: () => now })
    const shown = async () => (await app.client.account.self()).data.timezone
    await put(app, { timezone: 'Europe/Berlin' })
    expect(await shown()).toBe('UTC+01:00')
    now = Date.UTC(2026, 6, 5)
    expect(await shown()).toBe('UTC+02:00')
    for (const [timezone, offset] of [
      ['Asia/Kathmandu', 'UTC+05:45'],
      ['America/Sao_Paulo', 'UTC-03:00'],
      ['UTC', 'UTC+00:00'],
      ['UTC-09:30', 'UTC-09:30'],
    ] as const) {
      await put(app, { timezone })
      expect(await shown()).toBe(offset)
    }
  })

  it('a radius counts from the next check-in on, and judges no earlier one', async () => {
    await using app = await startWithLead()
    const far = draft({ device: device({ latitude: 52.5236 }) })
    const log = async () => {
      const { body } = await sendAsRep(app, 'POST', '/v2/visits', far)
      return body.data
    }
    const before = await log()
    expect(before.rep_location_verification_status).toBe('resource_location_too_far')
    await Promise.all([put(app, { radius_m: 450 }), log(), log(), log()])
    expect((await log()).rep_location_verification_status).toBe('verified')
    expect((await app.client.visits.get(before.id)).data).toEqual(before)
  })

  it('days kept and retention count at the next round of maintenance', async () => {
    let now = Date.UTC(2026, 4, 9, 7, 30)
    await using app = await startApp({ clock: () => now })
    const lead = recordItem('lead', 899, people.stranger)
    const location = { latitude: 52.52, longitude: 13.405, precision: 'rooftop' }
    await app.import([{ data: lead.data, meta: { type: 'lead', location } }])
    const { body } = await sendAsRep(app, 'POST', '/v2/visits', draft({ outcome_id: undefined }))
    const { position } = body.meta
    const newest = async () => (await app.client.stream.read({ position: 'tail' })).items.at(-1)
    const latitude = async () => (await newest())?.data.sales_rep_location.latitude
    await put(app, { retention_hours: 24 * 365 })
    now += 10 * day
    await app.maintain()
    expect(await latitude()).toBe(52.5201)
    await put(app, { days_kept: 9 })
    await app.maintain()
    expect(await latitude()).toBeNull()
    await put(app, { retention_hours: 1 })
    now += 9 * day
    await app.maintain()
    await app.maintain()
    const gone = await send(app, 'GET', `/v3/visits/stream?position=${position}`)
    expect(gone.status).toBe(410)
  })
})
