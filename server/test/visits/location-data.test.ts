import { describe, expect, it } from 'vitest'

import { device, draft, iso, now as start, send } from '../support/check-in.ts'
import { people, recordItem, visitEventItem } from '../support/sell-items.ts'
import { send as sendAsAdmin, sendAs } from '../support/send.ts'
import { startApp, type TestApp } from '../support/start.ts'

const path = '/v2/users/self/location_data'
const dayMs = 24 * 3_600_000

/** A clock that the test moves, and leads 899 and 900 of the stranger. */
async function startMoving(options: { readonly repLocationMs?: number } = {}) {
  const time = { now: start }
  const app = await startApp({ clock: () => time.now, ...options })
  const leads = [899, 900].map((id) => ({
    ...recordItem('lead', id, people.stranger),
    meta: {
      type: 'lead',
      location: { latitude: 52.52, longitude: 13.405, precision: 'rooftop' },
    },
  }))
  await app.import(leads)
  return { app, time, [Symbol.asyncDispose]: () => app.close() }
}

const log = async (app: TestApp, now = start, given: object = {}): Promise<number> => {
  const fix = device({ fix_at: iso(now), captured_at: iso(now), latitude: 52.5201234, ...given })
  const { body, text } = await send(
    app,
    'POST',
    '/v2/visits',
    draft({ outcome_id: null, device: fix }),
  )
  if (!body.data) throw new Error(text)
  return body.data.id
}

const dataOf = async (app: TestApp, who: keyof TestApp['tokens'] = 'rep') =>
  (await sendAs(who)(app, 'GET', path)).body.data

const verificationOf = async (app: TestApp, id: number) =>
  (await send(app, 'GET', `/v2/visits/${id}?include=verification`)).body.data.verification

describe('what is held about where a user was', () => {
  it('is counted by the day on which it goes (10.11)', async () => {
    await using started = await startMoving()
    const { app, time } = started
    await app.import([visitEventItem({ id: 5, resource_id: 899 })])
    for (const days of [0, 0, 3]) {
      time.now = start + days * dayMs
      await log(app, time.now)
    }
    await send(app, 'POST', '/v2/visits', draft({ outcome_id: null, device: null }))

    const { held, retention, shares_location, looks } = await dataOf(app)

    expect(held).toEqual({
      visits: 3,
      until: `${iso(start + 63 * dayMs).slice(0, 19)}Z`,
      by_day: [
        { date: '2026-07-08', visits: 2 },
        { date: '2026-07-11', visits: 1 },
      ],
      imported_visits: 1,
    })
    expect(retention).toEqual({ days: 60, set_by: null, set_at: null })
    expect([shares_location, looks]).toEqual([true, []])
    expect((await dataOf(app, 'stranger')).held).toMatchObject({ visits: 0, until: null })
    time.now = start + 61 * dayMs
    await app.maintain()
    expect((await dataOf(app)).held).toMatchObject({ visits: 1 })
  })

  it('is removed at once when its user says so, and findings stay (7.3, 10.11)', async () => {
    await using started = await startMoving()
    const { app } = started
    await app.import([visitEventItem({ id: 5, resource_id: 899 })])
    const ids = [await log(app), await log(app)]
    const other = await sendAs('manager')(app, 'POST', '/v2/visits', draft({ outcome_id: null }))
    const before = await verificationOf(app, ids[0] ?? 0)
    expect(before.location).toEqual({ latitude: 52.5201234, longitude: 13.405 })

    expect((await send(app, 'DELETE', path)).status).toBe(204)
    expect((await send(app, 'DELETE', path)).status).toBe(204)

    expect((await dataOf(app)).held).toMatchObject({ visits: 0, by_day: [], imported_visits: 1 })
    expect(await verificationOf(app, ids[0] ?? 0)).toEqual({ ...before, location: null })
    const otherPath = `/v2/visits/${other.body.data.id}?include=verification`
    const kept = await sendAsAdmin(app, 'GET', otherPath)
    expect(kept.body.data.verification.location).not.toBeNull()
    const { items } = await app.client.stream.read({ position: 'tail', limit: 100 })
    const removals = items.filter(({ meta }) => meta.event_type === 'updated')
    expect(removals.map(({ data, meta }) => [data.id, meta.event_cause])).toEqual(
      ids.map((id) => [id, 'system']),
    )
    for (const { data, meta } of removals) {
      expect(data.sales_rep_location).toMatchObject({ latitude: null, longitude: null })
      expect(JSON.stringify(meta.previous)).not.toContain('52.5201234')
    }
    expect(await app.store.check(app.account)).toEqual([])
  })

  it('is removed whole where it takes several transactions (10.11)', async () => {
    await using started = await startMoving()
    const { app } = started
    const id = await log(app)
    await app.store.write(app.account, async (tx) => {
      const visit = (await tx.visits.find([id])).get(id)
      if (!visit) throw new Error('there is no visit')
      const copies = Array.from({ length: 1_100 }, (_, index) => ({ ...visit, id: id + 1 + index }))
      await tx.visits.save(copies)
    })
    expect((await dataOf(app)).held.visits).toBe(1_101)

    await send(app, 'DELETE', path)

    expect((await dataOf(app)).held.visits).toBe(0)
  })
})

describe('a location that is switched off', () => {
  it('makes every check-in location_services_disabled, and stores no place (7, 10.11)', async () => {
    await using started = await startMoving()
    const { app } = started
    const off = await send(app, 'PUT', path, { shares_location: false })
    expect(off.body.data.shares_location).toBe(false)

    const ids = [
      await log(app),
      await log(app, start, { is_mock: true }),
      (await send(app, 'POST', '/v2/visits', draft({ outcome_id: null, device: null }))).body.data
        .id,
    ]

    for (const id of ids) {
      expect(await verificationOf(app, id)).toMatchObject({
        status: 'location_services_disabled',
        reason: 'switched_off',
        distance_m: null,
        accuracy_m: null,
        location: null,
        flags: [],
      })
    }
    const { items } = await app.client.stream.read({ position: 'tail', limit: 100 })
    expect(JSON.stringify(items)).not.toContain('52.5201234')
    const found = await sendAsAdmin(app, 'GET', '/v2/visits?reason=switched_off')
    expect(found.body.meta.count).toBe(3)
    expect((await dataOf(app)).held.visits).toBe(0)
  })

  it('is of its user alone, and can be switched on again (10.11)', async () => {
    await using started = await startMoving()
    const { app } = started
    await send(app, 'PUT', path, { shares_location: false })
    const other = await sendAs('manager')(app, 'POST', '/v2/visits', draft({ outcome_id: null }))
    expect(other.body.data.rep_location_verification_status).toBe('verified')
    expect((await dataOf(app, 'manager')).shares_location).toBe(true)

    await send(app, 'PUT', path, { shares_location: true })

    expect(await verificationOf(app, await log(app))).toMatchObject({ status: 'verified' })
  })

  it('stays switched off through imports and changes of the user (A.7, 10.11)', async () => {
    await using started = await startMoving()
    const { app } = started
    await send(app, 'PUT', path, { shares_location: false })

    await sendAsAdmin(app, 'PUT', `/v2/users/${people.rep}`, { name: 'Rep' })

    expect((await dataOf(app)).shares_location).toBe(false)
  })
})

describe('who looked', () => {
  const looksOf = async (app: TestApp) => {
    await app.maintain()
    const { looks } = await dataOf(app)
    return looks.map((look: { user_id: number; visit_id: number }) => [look.user_id, look.visit_id])
  }
  const read = (app: TestApp, who: keyof TestApp['tokens'], query: string) =>
    sendAs(who)(app, 'GET', `/v2/visits${query}`)

  it('is written where the precise place of another was shown (10.11)', async () => {
    await using started = await startMoving()
    const { app } = started
    const id = await log(app)
    const adminId = (await app.client.users.self()).data.id

    await read(app, 'manager', `/${id}?include=verification`)
    await read(app, 'manager', '?include=verification,creator')
    await read(app, 'admin', `?ids=${id}&include=verification`)

    expect((await looksOf(app)).toSorted()).toEqual(
      [
        [people.manager, id],
        [adminId, id],
      ].toSorted(),
    )
    expect((await dataOf(app, 'manager')).looks).toEqual([])
  })

  it('is nobody who sees a visit because they own its record: they see no place (2.4, 4.6)', async () => {
    await using started = await startMoving()
    const { app } = started
    const id = await log(app)

    for (const query of [`/${id}?include=verification`, '?include=verification,creator']) {
      const { body } = await read(app, 'stranger', query)
      const { verification } = (body.items ?? [body])[0].data
      expect(verification).toMatchObject({ status: 'verified', location: null })
    }
    const own = await read(app, 'rep', `/${id}?include=verification`)
    expect(own.body.data.verification.location).not.toBeNull()
    expect(await looksOf(app)).toEqual([])
  })

  it('is not written where none was shown (10.11)', async () => {
    await using started = await startMoving()
    const { app, time } = started
    const id = await log(app)
    await app.import([visitEventItem({ id: 5, resource_id: 899 })])

    await read(app, 'rep', `/${id}?include=verification`)
    await read(app, 'manager', `/${id}`)
    await read(app, 'manager', '?include=resource,creator,review')
    const { body } = await read(app, 'manager', `?ids=${id}&include=finding`)
    expect(body.items[0].data.finding).toMatchObject({
      reason: 'within_radius',
      status: 'verified',
    })
    expect(body.items[0].data.finding).not.toHaveProperty('location')
    await read(app, 'manager', `/${id}/history`)
    const change = { summary: 'Corrected' }
    const changed = `/v2/visits/${id}?include=verification`
    const written = await sendAs('manager')(app, 'PUT', changed, change)
    expect(written.body.data.verification).not.toHaveProperty('location')
    await read(app, 'manager', '?include=verification&per_page=1&page=2&sort_by=id:desc')
    await read(app, 'rep', '?include=verification')
    await read(app, 'otherAdmin', `/${id}?include=verification`)
    await send(app, 'DELETE', path)
    await read(app, 'manager', `/${id}?include=verification`)
    time.now += 1

    expect(await looksOf(app)).toEqual([])
  })

  it('counts the rows of the page alone, also one from the cache (10.11)', async () => {
    await using started = await startMoving()
    const { app } = started
    const ids = [await log(app), await log(app), await log(app)]

    for (const who of ['manager', 'stranger', 'manager'] as const) {
      await read(app, who, '?include=verification&per_page=2')
    }
    await read(app, 'admin', '?include=verification&per_page=1&sort_by=id:desc')
    await app.client.tokens.create({ description: '', scopes: ['read'] })
    await read(app, 'admin', '?include=verification&per_page=1&sort_by=id:desc')

    const adminId = (await app.client.users.self()).data.id
    expect((await looksOf(app)).toSorted()).toEqual(
      [...ids.slice(0, 2).map((id) => [people.manager, id]), [adminId, ids[2]]].toSorted(),
    )
  })

  it('is written by a map of a street too, which alone says exactly where the rep was (10.4, 10.11)', async () => {
    await using started = await startMoving()
    const { app } = started
    const id = await log(app)
    await sendAsAdmin(app, 'DELETE', '/v2/leads/899')
    const pointOf = async (who: keyof TestApp['tokens'], query: string) => {
      const { body } = await sendAs(who)(app, 'GET', `/v2/map/visits?${query}`)
      return body.data.points.map((point: object) => ({ id, ...point }))[0]
    }
    const street = 'zoom=15&bbox=13.40,52.51,13.41,52.53'

    expect(await pointOf('manager', 'zoom=14')).toMatchObject({ latitude: 52.52, longitude: 13.41 })
    expect(await looksOf(app)).toEqual([])
    expect(await pointOf('rep', street)).toMatchObject({ latitude: 52.5201234 })
    expect(await looksOf(app)).toEqual([])
    expect(await pointOf('manager', street)).toMatchObject({
      latitude: 52.5201234,
      longitude: 13.405,
    })
    expect(await pointOf('manager', street.replace('zoom=15', 'zoom=14'))).toBeUndefined()
    expect(await looksOf(app)).toEqual([[people.manager, id]])
  })

  it('is one entry an hour, the newest first, in pages, and kept for a year (10.11)', async () => {
    await using started = await startMoving({ repLocationMs: 500 * dayMs })
    const { app, time } = started
    const id = await log(app)
    for (const hours of [0, 0.5, 1, 30]) {
      time.now = start + hours * 3_600_000
      await read(app, 'manager', `/${id}?include=verification`)
    }
    await app.maintain()

    const first = await send(app, 'GET', `${path}?per_page=2`)
    const second = await send(app, 'GET', `${path}?per_page=2&page=2`)
    const times = [...first.body.data.looks, ...second.body.data.looks].map(({ at }) => at)
    const at = (hours: number) => `${iso(start + hours * 3_600_000).slice(0, 19)}Z`
    // The clock starts at half past seven.
    expect(times).toEqual([at(30), at(0.5), at(0)])
    expect(first.body.meta.links.next_page).toContain('page=2')
    expect(second.body.meta.links.next_page).toBeUndefined()
    time.now = start + 366 * dayMs
    expect(await looksOf(app)).toHaveLength(1)
  })
})
