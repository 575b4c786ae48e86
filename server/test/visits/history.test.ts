import { describe, expect, it } from 'vitest'

import { device, draft, iso, now as start, send, startWithLead } from '../support/check-in.ts'
import { people, recordItem, visitEventItem, visitItem } from '../support/sell-items.ts'
import { sendAs } from '../support/send.ts'
import { startApp, type TestApp } from '../support/start.ts'

interface Entry {
  readonly data: { readonly type: string; readonly sequence: number; readonly previous: unknown }
}

const historyOf = async (app: TestApp, id: number, who: keyof TestApp['tokens'] = 'rep') =>
  (await sendAs(who)(app, 'GET', `/v2/visits/${id}/history?per_page=100`)).body

const namesOf = ({ items }: { items: readonly Entry[] }) =>
  items.map(({ data }) => `${data.sequence} ${data.type}`)

/** A visit 2 km away, whose summary changed before the pin was moved to it. */
async function startMoved(): Promise<{ app: TestApp; id: number }> {
  const app = await startWithLead()
  const far = { device: device({ latitude: 52.538 }) }
  const id: number = (await send(app, 'POST', '/v2/visits', draft(far))).body.data.id
  await send(app, 'PUT', `/v2/visits/${id}`, { summary: 'Met outside' })
  const pin = { resource_type: 'lead', resource_id: 899, latitude: 52.538, longitude: 13.405 }
  const proposal = (await send(app, 'POST', '/v2/pin_changes', pin)).body.data
  const decision = { status: 'approved', reverify: true }
  await sendAs('admin')(app, 'PUT', `/v2/pin_changes/${proposal.id}`, decision)
  return { app, id }
}

describe('the history of a visit', () => {
  it('has its events with what they changed, and earlier findings in between (10.14.1)', async () => {
    const { app, id } = await startMoved()
    await using _app = app

    const body = await historyOf(app, id)

    expect(namesOf(body)).toEqual(['1 created', '2 updated', '2 earlier_finding', '3 updated'])
    expect(body.meta).toMatchObject({ count: 4, expired_events: 0 })
    const [created, renamed, finding, judged] = body.items.map(({ data }: Entry) => data)
    const at = `${iso(start).slice(0, 19)}Z`
    expect(created).toMatchObject({ cause: 'interaction', at, previous: null, verification: null })
    expect(renamed).toMatchObject({ cause: 'interaction', previous: { summary: 'Signed' } })
    expect(finding).toMatchObject({ at, verification: { reason: 'outside_radius', flags: [] } })
    expect(judged).toMatchObject({
      cause: 'system',
      previous: { sales_rep_location: { verification_status: 'resource_location_too_far' } },
    })
  })

  it('shows nowhere where the rep was (10.14.1, 10.11)', async () => {
    await using app = await startApp()
    const place = (latitude: number) =>
      ({ latitude, verification_status: 'verified', longitude: 13.987 }) as const
    const created = visitEventItem({ id: 5, sales_rep_location: place(52.123) })
    const moved = visitEventItem(
      { id: 5, sales_rep_location: place(52.456) },
      { event_type: 'updated', sequence: 2, previous: { sales_rep_location: place(52.123) } },
    )
    await app.import([recordItem('lead', 899, people.rep), created, moved])

    const text = JSON.stringify(await historyOf(app, 5))

    expect(text).toContain('"sales_rep_location":{"verification_status":"verified"}')
    expect(text).not.toMatch(/latitude|longitude|52\.|13\.987/)
  })

  it('is for whoever sees the visit (2.4, 10.14.1)', async () => {
    await using app = await startApp()
    await app.import([recordItem('lead', 899, people.stranger), visitItem({ id: 5 })])
    const statusOf = async (who: keyof TestApp['tokens'], id = 5) =>
      (await sendAs(who)(app, 'GET', `/v2/visits/${id}/history`)).status

    expect(await statusOf('rep')).toBe(200)
    expect(await statusOf('manager')).toBe(200)
    expect(await statusOf('stranger')).toBe(200)
    expect(await statusOf('otherAdmin')).toBe(404)
    await app.import([recordItem('lead', 899, people.rep, '2026-07-01T00:00:00Z')])
    expect(await statusOf('stranger')).toBe(404)
    expect(await statusOf('admin', 6)).toBe(404)
    await send(app, 'DELETE', '/v2/visits/5')
    expect(await statusOf('admin')).toBe(404)
  })

  it('says how many older events have expired (5.6, 10.14.1)', async () => {
    let now = start
    await using app = await startApp({ clock: () => now })
    await app.import([recordItem('lead', 899, people.rep), visitItem({ id: 5 })])
    await send(app, 'PUT', '/v2/visits/5', { summary: 'One' })
    now += 100 * 3_600_000
    await send(app, 'PUT', '/v2/visits/5', { summary: 'Two' })
    await app.store.events.drop(app.account, now - 72 * 3_600_000, 1_000)

    const body = await historyOf(app, 5)

    expect([namesOf(body), body.meta.expired_events]).toEqual([['3 updated'], 2])
  })

  it('has pages (3.1, 10.14.1)', async () => {
    const { app, id } = await startMoved()
    await using _app = app
    const client = app.clientOf(app.tokens.rep)

    const first = await client.visits.history(id, { per_page: 3 })
    const rest = await client.visits.history(id, { per_page: 3, page: 2 })

    expect([namesOf(first).length, namesOf(rest)]).toEqual([3, ['3 updated']])
    expect(first.meta.links.next_page).toContain(`/v2/visits/${id}/history?page=2&per_page=3`)
    expect(rest.meta.links.next_page).toBeUndefined()
  })
})
