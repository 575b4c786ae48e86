import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { device, draft, iso, now as start, send, startWithLead } from '../support/check-in.ts'
import { runs } from '../support/runs.ts'
import { people } from '../support/sell-items.ts'
import { send as sendAsAdmin, sendAs } from '../support/send.ts'
import type { TestApp } from '../support/start.ts'

type Who = 'rep' | 'manager' | 'admin' | 'stranger' | 'otherAdmin'

/** A visit of the rep, by default too far from the lead. */
const log = async (app: TestApp, latitude = 52.538): Promise<number> =>
  (await send(app, 'POST', '/v2/visits', draft({ device: device({ latitude }) }))).body.data.id

const review = (app: TestApp, who: Who, id: number, given: object) =>
  sendAs(who)(app, 'PUT', `/v2/visits/${id}/review`, given)

const stateOf = async (app: TestApp, id: number) =>
  (await sendAsAdmin(app, 'GET', `/v2/visits/${id}?include=review`)).body.data.review

const queue = async (app: TestApp, state: string) => {
  const { body } = await sendAsAdmin(app, 'GET', `/v2/visits?review=${state}`)
  return body.items.map(({ data }: { data: { id: number } }) => data.id)
}

const at = `${iso(start).slice(0, 19)}Z`

describe('a review', () => {
  it('keeps or dismisses a visit, and says who, when and why (10.9)', async () => {
    await using app = await startWithLead()
    const id = await log(app)
    expect(await stateOf(app, id)).toEqual({ state: 'open', note: null, by: null, at: null })

    const note = 'Met at the "new" branch \u{1F600}'
    const { status, body } = await review(app, 'manager', id, { state: 'kept', note })

    const expected = { state: 'kept', note, by: people.manager, at }
    expect([status, body.data]).toEqual([200, { visit_id: id, ...expected }])
    expect(await stateOf(app, id)).toEqual(expected)
    expect([await queue(app, 'open'), await queue(app, 'kept')]).toEqual([[], [id]])
    await review(app, 'admin', id, { state: 'dismissed' })
    expect(await stateOf(app, id)).toMatchObject({ state: 'dismissed', note: null })
  })

  it('is asked for by the creator, who may not decide, not even as an admin (10.9)', async () => {
    await using app = await startWithLead()
    const id = await log(app, 52.52)
    expect(await stateOf(app, id)).toBeNull()

    expect((await review(app, 'rep', id, { state: 'kept' })).status).toBe(403)
    const asked = await review(app, 'rep', id, { state: 'asked', note: 'Is it right?' })

    const expected = { state: 'open', note: 'Is it right?', by: people.rep, at }
    expect(asked.body.data).toEqual({ visit_id: id, ...expected })
    expect(await stateOf(app, id)).toEqual(expected)
    expect(await queue(app, 'open')).toEqual([id])
    await app.change(`update users set role = 'admin' where id = ${people.rep}`)
    expect((await review(app, 'rep', id, { state: 'dismissed' })).status).toBe(403)
    await review(app, 'manager', id, { state: 'kept' })
    await review(app, 'rep', id, { state: 'asked' })
    expect(await stateOf(app, id)).toMatchObject({ state: 'open', by: people.rep })
  })

  it('is for managers above and admins, by those who see the visit (2.3, 2.4, 10.9)', async () => {
    await using app = await startWithLead()
    const id = await log(app)
    const kept = { state: 'kept' }

    // The stranger owns the lead, and so sees the visit.
    expect((await review(app, 'stranger', id, kept)).status).toBe(403)
    expect((await review(app, 'stranger', id, { state: 'asked' })).status).toBe(403)
    expect((await review(app, 'manager', id, { state: 'asked' })).status).toBe(403)
    expect((await review(app, 'otherAdmin', id, kept)).status).toBe(404)
    expect((await review(app, 'admin', id + 1, kept)).status).toBe(404)
    const own = await sendAs('manager')(app, 'POST', '/v2/visits', draft())
    expect((await review(app, 'rep', own.body.data.id, kept)).status).toBe(404)
    expect(await stateOf(app, id)).toMatchObject({ state: 'open', by: null })
  })

  it('makes no event, leaves the visit as it is, and shows in cached pages (5, 10.9)', async () => {
    await using app = await startWithLead()
    const id = await log(app)
    const visit = `/v2/visits/${id}?include=verification`
    const before = await sendAsAdmin(app, 'GET', visit)
    const { meta } = await app.client.stream.read({ position: 'top' })
    expect(await queue(app, 'open')).toEqual([id])

    await review(app, 'manager', id, { state: 'kept' })

    expect(await queue(app, 'open')).toEqual([])
    expect((await sendAsAdmin(app, 'GET', visit)).text).toBe(before.text)
    expect((await app.client.stream.read({ position: meta.position })).items).toEqual([])
  })

  it('stands until the finding is another, and is kept in the history (10.9, 10.14.1)', async () => {
    await using app = await startWithLead()
    const id = await log(app)
    await review(app, 'rep', id, { state: 'asked', note: 'The pin is wrong' })
    await review(app, 'manager', id, { state: 'dismissed', note: 'No' })
    await review(app, 'manager', id, { state: 'dismissed', note: 'No' })
    await send(app, 'PUT', `/v2/visits/${id}`, { summary: 'Met outside' })
    expect(await stateOf(app, id)).toMatchObject({ state: 'dismissed', note: 'No' })
    const pin = { resource_type: 'lead', resource_id: 899, latitude: 52.538, longitude: 13.405 }
    const proposal = (await send(app, 'POST', '/v2/pin_changes', pin)).body.data
    const decision = { status: 'approved', reverify: true }
    await sendAsAdmin(app, 'PUT', `/v2/pin_changes/${proposal.id}`, decision)

    expect(await stateOf(app, id)).toBeNull()
    const { body } = await sendAsAdmin(app, 'GET', `/v2/visits/${id}/history`)
    const entries: { data: { type: string; review: object | null } }[] = body.items
    expect(entries.map(({ data }) => data.type)).toEqual([
      'created',
      'review',
      'review',
      'updated',
      'earlier_finding',
      'updated',
    ])
    expect(entries.flatMap(({ data }) => data.review ?? [])).toEqual([
      { state: 'asked', note: 'The pin is wrong', by: people.rep },
      { state: 'dismissed', note: 'No', by: people.manager },
    ])
  })

  it('is refused with other states and long notes (6.5, 10.9)', async () => {
    await using app = await startWithLead()
    const id = await log(app)

    const refused = await review(app, 'manager', id, { state: 'open', note: 'x'.repeat(1_001) })

    expect([refused.status, refused.problems]).toEqual([
      422,
      [
        ['/state', 'incorrect_value'],
        ['/note', 'incorrect_value'],
      ],
    ])
    expect((await review(app, 'manager', id, {})).problems).toEqual([['/state', 'missing']])
  })
})

it('reviews by anybody in any order leave what the last allowed one said (10.9)', async () => {
  await using app = await startWithLead()
  const ids = [await log(app), await log(app, 52.52)]
  const states = new Map<number | undefined, unknown>()
  for (const id of ids) states.set(id, (await stateOf(app, id))?.state ?? null)
  const step = fc.record({
    id: fc.constantFrom(...ids),
    who: fc.constantFrom<Who[]>('rep', 'manager', 'admin', 'stranger'),
    state: fc.constantFrom('asked', 'kept', 'dismissed'),
  })
  const property = fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
    for (const { id, who, state } of steps) {
      const isAllowed = who === 'rep' ? state === 'asked' : state !== 'asked' && who !== 'stranger'
      expect((await review(app, who, id, { state })).status).toBe(isAllowed ? 200 : 403)
      if (isAllowed) states.set(id, state === 'asked' ? 'open' : state)
    }
    for (const id of ids) expect((await stateOf(app, id))?.state ?? null).toBe(states.get(id))
  })
  await fc.assert(property, { numRuns: runs({ test: 8, rest: 50, isOfSql: true }) })
})
