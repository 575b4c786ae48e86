import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'

import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { parseTime, printMillis } from '../../src/domain/clock.ts'
import { device, draft, iso, now, send, startWithLead } from '../support/check-in.ts'
import { runs } from '../support/runs.ts'
import {
  outcomeItem,
  people,
  recordItem,
  userItem,
  visitEventItem,
  visitItem,
} from '../support/sell-items.ts'
import { send as sendAsAdmin } from '../support/send.ts'
import type { TestApp } from '../support/start.ts'

const texts = runs({ test: 1_000, rest: 50_000, isOfSql: true })

/** ISO 8601 of a form that is accepted, but outside the years 0001 to 9999 in UTC. */
const outside = [
  '0000-01-01T00:00:00Z',
  '0000-12-31T23:59:59.999Z',
  '0001-01-01T00:00:00+00:01',
  '9999-12-31T23:59:59-00:01',
  '9999-12-31T23:59:59.999-2359',
] as const

let app: TestApp
beforeAll(async () => {
  app = await startWithLead()
})
afterAll(() => app.close())

describe('a time outside the years 0001 to 9999 (1.8)', () => {
  it.each(outside)('is refused in bodies: %s', async (time) => {
    const visited = await send(app, 'POST', '/v2/visits', draft({ visited_at: time }))
    expect(visited.problems).toEqual([['/visited_at', 'incorrect_value']])
    for (const name of ['fix_at', 'captured_at', 'sent_at']) {
      const given = draft({ device: device({ [name]: time }) })
      const { problems } = await send(app, 'POST', '/v2/visits', given)
      expect(problems).toEqual([[`/device/${name}`, 'incorrect_value']])
    }
    const token = { description: 'x', scopes: ['read'], expires_at: time }
    const { problems } = await send(app, 'POST', '/v2/tokens', token)
    expect(problems).toEqual([['/expires_at', 'incorrect_value']])
  })

  it('is refused where the correction by the phone’s clock makes it (6.1)', async () => {
    const early = '0001-01-01T00:00:00Z'
    const clock = { sent_at: '9999-12-31T23:59:59Z', captured_at: early, fix_at: early }
    const given = draft({ device: device(clock), visited_at: early })
    const { status, problems } = await send(app, 'POST', '/v2/visits', given)
    expect(status).toBe(422)
    expect(problems).toEqual([
      ['/visited_at', 'incorrect_value'],
      ['/device/fix_at', 'incorrect_value'],
      ['/device/captured_at', 'incorrect_value'],
    ])
  })

  it.each(outside)('is rejected in imports: %s', async (time) => {
    const lead = recordItem('lead', 1, people.rep, time)
    const items = [
      visitItem({ visited_at: time }),
      visitItem({ updated_at: time }),
      visitEventItem({ created_at: time }),
      visitEventItem({}, { event_time: time }),
      userItem({ id: 600, deleted_at: time }),
      outcomeItem({ created_at: time }),
      lead,
    ]
    for (const item of items) await expect(app.import([item])).rejects.toThrow('0001 to 9999')
  })

  it('is no time, and any other is printed as it was read', () => {
    const two = (max: number) =>
      fc.integer({ min: 0, max }).map((value) => String(value).padStart(2, '0'))
    const year = fc.oneof(
      fc.constantFrom('0000', '0001', '9998', '9999'),
      fc.integer({ min: 0, max: 9999 }).map((value) => String(value).padStart(4, '0')),
    )
    const offset = fc.oneof(
      fc.constant('Z'),
      fc
        .tuple(fc.constantFrom('+', '-'), two(23), two(59))
        .map(([sign, h, m]) => `${sign}${h}:${m}`),
    )
    const time = fc
      .tuple(year, two(13), two(32), two(24), two(60), two(60), offset)
      .map(([y, mo, d, h, mi, s, o]) => `${y}-${mo}-${d}T${h}:${mi}:${s}${o}`)
    fc.assert(
      fc.property(time, (given) => {
        const ms = parseTime(given)
        if (ms === undefined) return
        expect(printMillis(ms)).toMatch(/^(?!0000)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/)
        expect(parseTime(printMillis(ms))).toBe(ms)
      }),
      { numRuns: texts },
    )
  })
})

describe('what a phone reports', () => {
  it('has its visited_at corrected together with the fix (6.1)', async () => {
    const hour = 3_600_000
    for (const skew of [hour, -hour, 400 * 24 * hour]) {
      const clock = { fix_at: iso(now + skew - 5000), captured_at: iso(now + skew - 1000) }
      const phone = device({ ...clock, sent_at: iso(now + skew) })
      const visited_at = iso(now + skew - 60_000)
      const { body } = await send(app, 'POST', '/v2/visits', draft({ device: phone, visited_at }))
      expect(body.data.visited_at).toBe(iso(now - 60_000))
      const nowhere = { unavailable: 'timeout', sent_at: iso(now + skew) }
      const other = await send(app, 'POST', '/v2/visits', draft({ device: nowhere, visited_at }))
      expect(other.body.data.visited_at).toBe(iso(now - 60_000))
    }
    const phone = device({ sent_at: iso(now + 60_000) })
    const visited_at = iso(now - 60_000)
    const right = await send(app, 'POST', '/v2/visits', draft({ device: phone, visited_at }))
    expect(right.body.data.visited_at).toBe(visited_at)
  })

  it('has a summary of up to 10,000 characters, whatever their length in UTF-16 (6.6)', async () => {
    const summary = '😀'.repeat(10_000)
    const { status, body } = await send(app, 'POST', '/v2/visits', draft({ summary }))
    expect(status).toBe(200)
    expect(body.data.summary).toBe(summary)
    const longer = await send(app, 'POST', '/v2/visits', draft({ summary: `${summary}x` }))
    expect(longer.problems).toEqual([['/summary', 'incorrect_value']])
  })
})

it('an outcome that was renamed there and back has one has_original_name (5.3)', async () => {
  await using here = await startWithLead()
  const log = () => send(here, 'POST', '/v2/visits', draft())
  await log()
  for (const name of ['Other', 'Interested']) {
    expect((await sendAsAdmin(here, 'PUT', '/v2/visit_outcomes/33', { name })).status).toBe(200)
  }
  await log()
  await here.maintain()
  const { items } = await here.client.stream.read({ position: 'tail', limit: 100 })
  const last = new Map(items.map(({ data }) => [data.id, data.outcome]))
  const renamed = { id: 33, name: 'Interested', has_original_name: false }
  expect([...last.values()]).toEqual([renamed, renamed])
  expect(await here.store.check(here.account)).toEqual([])
})

it('links name where an HTTP/1.0 client has connected that names no host (3.3)', async () => {
  const ask = async (path: string) => {
    const socket = connect(Number(new URL(app.url).port), '127.0.0.1')
    await once(socket, 'connect')
    socket.write(`GET ${path} HTTP/1.0\r\nAuthorization: Bearer ${app.tokens.admin}\r\n\r\n`)
    return text(socket)
  }
  expect(await ask('/v2/visits')).toContain(`"self":"${app.url}/v2/visits?page=1`)
  expect(await ask('/v2/nothing')).toContain(`"more_info":"${app.url}/docs"`)
})
