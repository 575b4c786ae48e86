import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { iso } from '../support/check-in.ts'
import { runs } from '../support/runs.ts'
import { people, recordItem, userItem, visitItem } from '../support/sell-items.ts'
import { send as sendAsAdmin, sendAs } from '../support/send.ts'
import { startApp, type TestApp } from '../support/start.ts'

const send = sendAs('rep')
const now = Date.UTC(2026, 4, 9, 7, 30)
const today = '2026-05-09'

async function start(): Promise<TestApp> {
  const app = await startApp({ clock: () => now })
  await app.import([7, 8, 9].map((id) => recordItem('lead', id, people.stranger)))
  await app.import([recordItem('contact', 7, people.stranger)])
  return app
}

const at = (resource_id: number, given: object = {}) => ({
  resource_type: 'lead',
  resource_id,
  ...given,
})

const put = (app: TestApp, stops: unknown, date = today) =>
  send(app, 'PUT', `/v2/plans/${date}`, { stops })

const stopsOf = async (app: TestApp, date = today) =>
  (await send(app, 'GET', `/v2/plans/${date}`)).body.data.stops

const log = async (app: TestApp, id: number, given: object = {}): Promise<number> => {
  const { body, text } = await send(app, 'POST', '/v2/visits', at(id, given))
  if (!body.data) throw new Error(text)
  return body.data.id
}

const planned = { state: 'planned', skip_reason: null, visit_id: null }

describe('a plan', () => {
  it('keeps its stops in their order, until it is replaced (10.10)', async () => {
    await using app = await start()
    expect(await stopsOf(app)).toEqual([])

    const contact = { resource_type: 'contact', resource_id: 7 }
    const { body } = await put(app, [
      at(9),
      contact,
      at(7, { state: 'skipped', skip_reason: 'Closed' }),
    ])

    const expected = [
      at(9, planned),
      { ...contact, ...planned },
      at(7, { state: 'skipped', skip_reason: 'Closed', visit_id: null }),
    ]
    expect(body.data).toEqual({ user_id: people.rep, date: today, stops: expected })
    expect(await stopsOf(app)).toEqual(expected)
    expect(await stopsOf(app, '2026-05-10')).toEqual([])
    expect((await put(app, expected)).body.data.stops).toEqual(expected)
    await put(app, [])
    expect(await stopsOf(app)).toEqual([])
  })

  it('is read by managers above and admins, and by nobody else (10.10)', async () => {
    await using app = await start()
    await put(app, [at(7)])
    const read = async (who: keyof TestApp['tokens'], user: number = people.rep) => {
      const path = `/v2/plans/${today}?user_id=${user}`
      const { status, body } = await sendAs(who)(app, 'GET', path)
      return status === 200 ? body.data.stops.length : status
    }

    expect(await read('rep')).toBe(1)
    expect(await read('manager')).toBe(1)
    expect(await read('admin')).toBe(1)
    expect(await read('stranger')).toBe(403)
    expect(await read('rep', people.manager)).toBe(403)
    expect(await read('otherAdmin')).toBe(404)
    expect(await read('admin', 999_999)).toBe(404)
  })

  it.each(['2026-02-30', '0000-01-01', 'today', '2026-5-9', '1'])(
    'is of a calendar day, and %s is none (10.10)',
    async (date) => {
      await using app = await start()

      expect((await put(app, [], date)).problems).toEqual([[undefined, 'not_found']])
      expect((await send(app, 'GET', `/v2/plans/${date}`)).status).toBe(404)
    },
  )

  it('is refused with every fault of its stops (10.10)', async () => {
    await using app = await start()
    const visit = await log(app, 8)
    await app.import([visitItem({ id: 5, creator_id: people.stranger, resource_id: 9 })])
    const other = await log(app, 9, { visited_at: '2026-05-07T09:00:00Z' })
    await sendAs('stranger')(app, 'DELETE', '/v2/leads/7')

    const { problems, body } = await put(app, [
      at(7),
      at(9, { state: 'visited' }),
      at(8, { state: 'visited', visit_id: 999 }),
      at(8, { visit_id: visit }),
      { resource_type: 'contact', resource_id: 7, state: 'visited', visit_id: visit },
      { resource_type: 'contact', resource_id: 70, skip_reason: 'Closed' },
    ])

    expect(problems).toEqual([
      ['/stops/0/resource_id', 'incorrect_value'],
      ['/stops/1/visit_id', 'missing'],
      ['/stops/2/visit_id', 'incorrect_value'],
      ['/stops/3/resource_id', 'incorrect_value'],
      ['/stops/4/visit_id', 'incorrect_value'],
      ['/stops/5/resource_id', 'incorrect_value'],
      ['/stops/5/skip_reason', 'incorrect_value'],
    ])
    expect(body.errors[0].error.details).toContain(`deleted by user ${people.stranger}`)
    for (const visit_id of [5, other]) {
      const { problems: notOwn } = await put(app, [at(9, { state: 'visited', visit_id })])
      expect(notOwn).toEqual([['/stops/0/visit_id', 'incorrect_value']])
    }
    const many = Array.from({ length: 101 }, (_, id) => at(id + 1))
    expect((await put(app, many)).problems).toEqual([['/stops', 'incorrect_value']])
    expect(await stopsOf(app)).toEqual([])
  })

  it('keeps a stop whose record has been deleted (10.10)', async () => {
    await using app = await start()
    await put(app, [at(7), at(8)])
    await sendAs('stranger')(app, 'DELETE', '/v2/leads/7')

    const { body } = await put(app, [at(8), at(7, { state: 'skipped', skip_reason: 'Gone' })])

    expect(body.data.stops).toMatchObject([at(8), at(7, { state: 'skipped' })])
  })
})

describe('a stop', () => {
  it('is visited once its user logs a visit there on that day (10.10)', async () => {
    await using app = await start()
    await put(app, [at(7), at(8, { state: 'skipped', skip_reason: 'Closed' }), at(9)])
    await put(app, [at(7)], '2026-05-10')

    const first = await log(app, 7)
    const second = await log(app, 8)
    await log(app, 9, { visited_at: '2026-05-08T09:00:00Z' })
    await sendAs('stranger')(app, 'POST', '/v2/visits', at(9))

    const visited = (id: number) => ({ state: 'visited', skip_reason: null, visit_id: id })
    expect(await stopsOf(app)).toEqual([
      at(7, visited(first)),
      at(8, visited(second)),
      at(9, planned),
    ])
    expect(await stopsOf(app, '2026-05-10')).toEqual([at(7, planned)])
  })

  it('is visited if it is planned after the visit, also by a phone that does not know (10.10)', async () => {
    await using app = await start()
    const visit = await log(app, 7)

    const { body } = await put(app, [at(7), at(8)])

    expect(body.data.stops).toMatchObject([{ state: 'visited', visit_id: visit }, planned])
    const skipped = await put(app, [at(7, { state: 'skipped', skip_reason: 'Closed' })])
    expect(skipped.body.data.stops).toMatchObject([{ state: 'visited', skip_reason: null }])
  })

  it('is planned again when its visit is deleted or moved to another day (10.10)', async () => {
    await using app = await start()
    await put(app, [at(7), at(8)])
    await put(app, [at(8)], '2026-05-08')
    const [first, second] = [await log(app, 7), await log(app, 8)]

    await sendAsAdmin(app, 'DELETE', `/v2/visits/${first}`)
    await send(app, 'PUT', `/v2/visits/${second}`, { visited_at: '2026-05-08T09:00:00Z' })

    expect(await stopsOf(app)).toEqual([at(7, planned), at(8, planned)])
    expect(await stopsOf(app, '2026-05-08')).toMatchObject([{ visit_id: second }])
  })

  it('takes another visit of that day when its own is deleted (10.10)', async () => {
    await using app = await start()
    await put(app, [at(7)])
    const [first, second] = [await log(app, 7), await log(app, 7)]
    expect(await stopsOf(app)).toMatchObject([{ visit_id: first }])

    await send(app, 'DELETE', `/v2/visits/${first}`)

    expect(await stopsOf(app)).toMatchObject([{ state: 'visited', visit_id: second }])
  })

  it('follows visits that are imported, changed and deleted by an import (10.10)', async () => {
    await using app = await start()
    await put(app, [at(7)])
    const visited_at = '2026-05-09T09:00:00.000Z'
    await app.import([visitItem({ id: 5, resource_id: 7, visited_at })])
    expect(await stopsOf(app)).toMatchObject([{ state: 'visited', visit_id: 5 }])

    const updated_at = '2026-05-10T00:00:00.000Z'
    const moved = { visited_at: '2026-05-08T09:00:00.000Z', updated_at }
    await app.import([visitItem({ id: 5, resource_id: 7, ...moved })])

    expect(await stopsOf(app)).toMatchObject([planned])
  })

  it('counts the day in the zone of its user, else of the account (10.10)', async () => {
    await using app = await start()
    const zone = { timezone: 'UTC+05:45', email: 'rep@acme.example', reports_to: people.manager }
    const updated_at = '2026-05-01T00:00:00Z'
    await app.import([userItem({ id: people.rep, name: 'rep', ...zone, updated_at })])
    await put(app, [at(7)], '2026-05-08')
    await put(app, [at(7), at(8)], today)

    await log(app, 7, { visited_at: '2026-05-08T18:15:00Z' })
    await log(app, 8, { visited_at: '2026-05-08T18:14:59Z' })

    expect(await stopsOf(app, '2026-05-08')).toMatchObject([planned])
    expect(await stopsOf(app)).toMatchObject([{ state: 'visited' }, planned])
  })
})

describe('plans and visits in any order', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await start()
  })
  afterAll(() => app.close())

  const days = ['2026-05-07', '2026-05-08', '2026-05-09']
  const time = fc.integer({ min: 0, max: 3 * 24 - 17 }).map((hours) => Date.UTC(2026, 4, 7, hours))
  const lead = fc.constantFrom(7, 8, 9)
  const step = fc.oneof(
    fc.record({
      do: fc.constant('plan' as const),
      day: fc.constantFrom(...days),
      stops: fc.uniqueArray(fc.record({ lead, state: fc.constantFrom('planned', 'skipped') }), {
        selector: (stop) => stop.lead,
      }),
    }),
    fc.record({ do: fc.constant('log' as const), lead, time }),
    fc.record({ do: fc.constant('move' as const), nth: fc.nat(), time }),
    fc.record({ do: fc.constant('delete' as const), nth: fc.nat() }),
  )
  type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

  it('make visited exactly the stops with a visit on that day (10.10)', async () => {
    const visits = new Map<number, { lead: number; time: number }>()
    const plans = new Map<string, { lead: number; state: string }[]>()

    async function run(given: Step): Promise<void> {
      if (given.do === 'plan') {
        plans.set(given.day, given.stops)
        const stops = given.stops.map(({ lead: id, state }) => at(id, { state }))
        await put(app, stops, given.day)
        return
      }
      if (given.do === 'log') {
        const id = await log(app, given.lead, { visited_at: iso(given.time) })
        visits.set(id, { lead: given.lead, time: given.time })
        return
      }
      const id = [...visits.keys()][given.nth % visits.size]
      if (id === undefined) return
      if (given.do === 'delete') {
        visits.delete(id)
        await send(app, 'DELETE', `/v2/visits/${id}`)
        return
      }
      visits.set(id, { lead: visits.get(id)?.lead ?? 0, time: given.time })
      await send(app, 'PUT', `/v2/visits/${id}`, { visited_at: iso(given.time) })
    }

    async function check(): Promise<void> {
      for (const day of days) {
        const stops = await stopsOf(app, day)
        const wanted = plans.get(day) ?? []
        expect(stops.map((stop: { resource_id: number }) => stop.resource_id)).toEqual(
          wanted.map((stop) => stop.lead),
        )
        for (const stop of stops) {
          const fitting = [...visits].flatMap(([id, visit]) =>
            visit.lead === stop.resource_id && iso(visit.time).startsWith(day) ? id : [],
          )
          expect(stop.state === 'visited').toBe(fitting.length > 0)
          expect(fitting.length > 0 ? fitting : [null]).toContain(stop.visit_id)
        }
      }
    }

    const property = fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      for (const each of steps) await run(each)
      await check()
    })
    await fc.assert(property, { numRuns: runs({ test: 10, rest: 80, isOfSql: true }) })
  })
})
