import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { people } from '../support/sell-items.ts'
import { send, sendAs } from '../support/send.ts'
import { startApp, type TestApp } from '../support/start.ts'

const start = Date.UTC(2026, 4, 9, 7, 30)
const iso = (ms: number) => new Date(ms).toISOString()

let now = start
let app: TestApp
beforeAll(async () => {
  app = await startApp({ clock: () => now })
})
afterAll(() => app.close())

/** A lead of the rep, who visits it at so many metres to the north, with this accuracy. */
async function addLead(visits: readonly (readonly [northM: number, accuracyM: number])[]) {
  const lead = { last_name: 'Ode', owner_id: people.rep, latitude: 52.5, longitude: 13.4 }
  const { id } = (await send(app, 'POST', '/v2/leads', lead)).body.data
  await visit(id, visits)
  return Number(id)
}

async function visit(id: number, visits: readonly (readonly [number, number])[]): Promise<void> {
  for (const [northM, accuracyM] of visits) {
    now += 60_000
    const device = {
      latitude: 52.5 + northM / 111_270,
      longitude: 13.4,
      accuracy_m: accuracyM,
      fix_at: iso(now),
      captured_at: iso(now),
    }
    const draft = { resource_type: 'lead', resource_id: id, device }
    const { status } = await sendAs('rep')(app, 'POST', '/v2/visits', draft)
    expect(status).toBe(200)
  }
}

interface Item {
  readonly data: { readonly resource_id: number; readonly visits: number }
}

async function suggested(who: keyof TestApp['tokens'] = 'admin', query = '') {
  const { body } = await sendAs(who)(app, 'GET', `/v2/pin_suggestions${query}`)
  const { items }: { items: Item[] } = body
  return items.map(({ data }) => data)
}

const isSuggested = async (id: number): Promise<number | undefined> =>
  (await suggested()).find((each) => each.resource_id === id)?.visits

const together = [
  [900, 10],
  [910, 12],
  [905, 50],
] as const

describe('a pin is suggested', () => {
  it('where the last accurate visits lie together, away from the record (10.13)', async () => {
    const id = await addLead([...together, [920, 5]])
    expect(await suggested()).toEqual([
      {
        resource_type: 'lead',
        resource_id: id,
        latitude: expect.closeTo(52.5 + 907.5 / 111_270, 4),
        longitude: 13.4,
        visits: 4,
        distance_m: expect.closeTo(907.5, -2),
      },
    ])
    const { body } = await send(app, 'GET', '/v2/pin_suggestions')
    expect(body.items[0].meta).toEqual({ type: 'pin_suggestion' })
  })

  it.each([
    ['only two visits', together.slice(0, 2), undefined],
    ['visits that are not accurate', together.map(([north]) => [north, 51] as const), undefined],
    ['visits apart', [...together.slice(0, 2), [1_200, 5] as const], undefined],
    ['a last visit at the record', [...together, [5, 5] as const], undefined],
    ['an inaccurate last visit at the record', [...together, [5, 80] as const], 3],
    ['an older visit elsewhere', [[5, 5] as const, ...together], 3],
  ])('by %s: %s (10.13)', async (_, visits, expected) => {
    expect(await isSuggested(await addLead(visits))).toBe(expected)
  })

  it('to admins and to those above the owner (10.13)', async () => {
    const all = await suggested()
    expect(all.length).toBeGreaterThan(1)
    expect(await suggested('manager')).toEqual(all)
    expect(await suggested('rep')).toEqual([])
    expect(await suggested('stranger')).toEqual([])
    expect(await suggested('otherAdmin')).toEqual([])
    const pages = await Promise.all(
      all.map((_, n) => suggested('admin', `?per_page=1&page=${n + 1}`)),
    )
    expect(pages.flat()).toEqual(all)
  })

  it('until a proposal is approved (10.13)', async () => {
    const id = await addLead(together)
    expect(await isSuggested(id)).toBe(3)
    await decide(id, 'approved')
    expect(await isSuggested(id)).toBeUndefined()
  })

  it('no more after a proposal was rejected, until as many new visits agree (10.13)', async () => {
    const id = await addLead(together)
    await decide(id, 'rejected')
    expect(await isSuggested(id)).toBeUndefined()
    await visit(id, together.slice(1))
    expect(await isSuggested(id)).toBeUndefined()
    await visit(id, together.slice(0, 1))
    expect(await isSuggested(id)).toBe(3)
  })

  it('no more once it is no longer known where the rep was (7.3, 10.13)', async () => {
    const id = await addLead(together)
    expect(await isSuggested(id)).toBe(3)
    now += 61 * 24 * 3_600_000
    await app.maintain()
    expect(await suggested()).toEqual([])
  })
})

async function decide(id: number, status: string): Promise<void> {
  const [pin] = (await suggested()).filter((each) => each.resource_id === id)
  const proposal = { ...pin, visits: undefined, distance_m: undefined }
  const { body } = await send(app, 'POST', '/v2/pin_changes', proposal)
  const { status: answered } = await send(app, 'PUT', `/v2/pin_changes/${body.data.id}`, { status })
  expect(answered).toBe(200)
}
