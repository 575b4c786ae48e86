import { createHash } from 'node:crypto'

import { describe, expect, test } from 'vitest'

import { citiesOf, REGIONS } from './cities.ts'
import type { SellItem } from './item.ts'
import { demoTeam, type DemoOptions } from './team.ts'

const OPTIONS: DemoOptions = { visits: 20_000, seed: 7, until: new Date('2026-06-30T17:00:00Z') }
const items = [...demoTeam(OPTIONS)]
const visits = ofType(items, 'visit')

describe('the demo team', () => {
  test('is the same byte for byte for the same options', () => {
    expect(digest({ ...OPTIONS, visits: 2000 })).toBe(digest({ ...OPTIONS, visits: 2000 }))
  })

  test('is another one for another seed', () => {
    expect(digest({ ...OPTIONS, visits: 10 })).not.toBe(digest({ ...OPTIONS, visits: 10, seed: 8 }))
  })

  test('comes as account, users, outcomes, leads, contacts and visits, in this order', () => {
    const types = items.map((item) => item.meta.type)
    const order = types.filter((type, index) => type !== types[index - 1])
    expect(order).toEqual(['account', 'user', 'visit_outcome', 'lead', 'contact', 'visit'])
  })

  test.each([0, 1, 2, 10, 13, 14, 100, 1999])('makes exactly %i visits', (count) => {
    const some = [...demoTeam({ ...OPTIONS, visits: count })]
    expect(ofType(some, 'visit')).toHaveLength(count)
    expect(ofType(some, 'user').length).toBeGreaterThanOrEqual(6)
  })

  test('has one admin on top and managers between the admin and the reps', () => {
    const users = ofType(items, 'user').map((user) => user.data)
    const admins = users.filter((user) => user.role === 'admin')
    expect(admins.map((user) => user.reports_to)).toEqual([null])
    const ids = new Set(users.map((user) => user.id))
    expect(users.every((user) => user.reports_to === null || ids.has(user.reports_to))).toBe(true)
    expect(users.some((user) => user.status === 'inactive')).toBe(true)
    expect(users.every((user) => /^[a-z.]+@demo\.example$/.test(String(user.email)))).toBe(true)
    expect(new Set(users.map((user) => user.email)).size).toBe(users.length)
  })

  test('gives one manager exactly 20 reports and none more once it has 60 reps', () => {
    const reports = new Map<unknown, number>()
    for (const { data, meta } of demoTeam({ ...OPTIONS, visits: 240_000 })) {
      if (meta.type === 'lead') break
      if (meta.type === 'user' && data.team_name !== null) {
        reports.set(data.reports_to, (reports.get(data.reports_to) ?? 0) + 1)
      }
    }
    const sizes = [...reports.values()].sort((one, other) => other - one)
    expect(sizes[0]).toBe(20)
    expect(sizes[1]).toBeLessThan(20)
  })

  test('has leads and contacts at street level, also in cities with non-ASCII names', () => {
    const accounts = [...ofType(items, 'lead'), ...ofType(items, 'contact')]
    const places = accounts.map((item) => JSON.stringify(item.meta.location))
    expect(new Set(places).size).toBe(accounts.length)
    expect(accounts.some((item) => /[^ -~]/.test(JSON.stringify(item.data.address)))).toBe(true)
  })
})

describe('the visits of the demo team', () => {
  test('have unique ids that ascend with created_at, from four million', () => {
    expect(visits[0]?.data.id).toSatisfy((id: number) => id > 4_000_000 && id < 4_000_010)
    expect(isAscending(visits.map((visit) => Number(visit.data.id)))).toBe(true)
    const created = visits.map((visit) => String(visit.data.created_at))
    expect(created).toEqual([...created].sort())
  })

  test('have the keys of the REST API in its order', () => {
    expect(Object.keys(visits[0]?.data ?? {}).join(' ')).toBe(
      'id creator_id outcome_id resource_type resource_id visited_at resource_address ' +
        'rep_location_verification_status summary created_at updated_at',
    )
  })

  test('refer to users, outcomes, leads and contacts that came before them', () => {
    const known = new Set(items.map((item) => `${item.meta.type} ${item.data.id}`))
    known.add('visit_outcome null')
    const references = visits.flatMap(({ data }) => [
      `user ${data.creator_id}`,
      `visit_outcome ${data.outcome_id}`,
      `${data.resource_type} ${data.resource_id}`,
    ])
    expect(references.filter((reference) => !known.has(reference))).toEqual([])
  })

  test('come after the creation of the lead or contact', () => {
    const created = new Map(
      items.map(({ data, meta }) => [`${meta.type} ${data.id}`, timeOf(data.created_at)]),
    )
    for (const { data } of visits) {
      const account = created.get(`${data.resource_type} ${data.resource_id}`) ?? Infinity
      expect(timeOf(data.visited_at)).toBeGreaterThan(account)
    }
  })

  test('fall into the two years that end at `until`, and no time is later', () => {
    const end = OPTIONS.until.getTime()
    for (const { data } of visits) {
      const [visited, created, updated] = [data.visited_at, data.created_at, data.updated_at]
      expect(timeOf(visited)).toBeGreaterThan(end - 730 * 86_400_000)
      expect(timeOf(created)).toBeGreaterThanOrEqual(timeOf(visited))
      expect(timeOf(updated)).toBeGreaterThanOrEqual(timeOf(created))
      expect(timeOf(updated)).toBeLessThanOrEqual(end)
    }
  })

  test('are written in UTC with milliseconds, other times in whole seconds', () => {
    for (const { data } of visits) {
      expect(data.visited_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/)
    }
    for (const { data } of [...ofType(items, 'user'), ...ofType(items, 'lead')]) {
      expect(data.created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
    }
  })

  test("happen between 8 and 18 o'clock where the customer is, on weekdays purpose", () => {
    const zones = zonesByAccount()
    let weekends = 0
    for (const { data } of visits) {
      const { hour, weekday } = localTime(
        timeOf(data.visited_at),
        zones.get(`${data.resource_type} ${data.resource_id}`) ?? '',
      )
      expect(hour).toBeGreaterThanOrEqual(8)
      expect(hour).toBeLessThan(18)
      if (weekday === 'Sat' || weekday === 'Sun') weekends += 1
    }
    expect(weekends / visits.length).toBeLessThan(0.03)
  })

  test.each([
    ['verified', 0.78],
    ['resource_location_too_far', 0.09],
    ['location_unknown', 0.09],
    ['location_services_disabled', 0.04],
  ])('are %s in a share of %d', (status, share) => {
    expect(withStatus(status).length / visits.length).toBeCloseTo(share, 1.5)
  })

  test.each([
    ['verified', 4, 121],
    ['resource_location_too_far', 600, 30_500],
  ])('are %s between %d and %d m from the lead or contact', (status, nearM, farM) => {
    const places = new Map(
      items.map(({ data, meta }) => [`${meta.type} ${data.id}`, point(meta.location)]),
    )
    const distances = withStatus(status).map(({ data, meta }) =>
      distanceM(
        point(meta.sales_rep_location),
        point(places.get(`${data.resource_type} ${data.resource_id}`)),
      ),
    )
    expect(Math.min(...distances)).toBeGreaterThan(nearM)
    expect(Math.max(...distances)).toBeLessThan(farM)
  })

  test.each(['location_unknown', 'location_services_disabled'])(
    'have no coordinates when they are %s',
    (status) => {
      for (const { meta } of withStatus(status)) {
        expect(meta.sales_rep_location).toEqual({ latitude: null, longitude: null })
      }
    },
  )

  test('have no outcome, summary or address now and then', () => {
    const missing = (key: string) =>
      visits.filter((visit) => visit.data[key] === null).length / visits.length
    expect(missing('outcome_id')).toBeCloseTo(0.06, 1.5)
    expect(missing('summary')).toBeCloseTo(0.12, 1.5)
    expect(missing('resource_address')).toBeCloseTo(0.02, 1.5)
  })

  test('return to the same leads and contacts, to a few of them 40 times and more', () => {
    const counts = new Map<string, number>()
    for (const { data } of visits) {
      const account = `${data.resource_type} ${data.resource_id}`
      counts.set(account, (counts.get(account) ?? 0) + 1)
    }
    const perAccount = visits.length / counts.size
    expect(perAccount).toBeGreaterThan(5)
    expect(perAccount).toBeLessThan(9)
    expect(Math.max(...counts.values())).toBeGreaterThan(40)
  })
})

function ofType(list: readonly SellItem[], type: string): SellItem[] {
  return list.filter((item) => item.meta.type === type)
}

function withStatus(status: string): SellItem[] {
  return visits.filter(({ data }) => data.rep_location_verification_status === status)
}

function digest(options: DemoOptions): string {
  const hash = createHash('sha256')
  for (const item of demoTeam(options)) hash.update(JSON.stringify(item))
  return hash.digest('hex')
}

function isAscending(numbers: readonly number[]): boolean {
  return numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? 0))
}

function timeOf(value: unknown): number {
  return Date.parse(String(value))
}

function zonesByAccount(): Map<string, string> {
  const zones = new Map(
    REGIONS.flatMap(({ countries }) => citiesOf(countries)).map((city) => [
      `${city.country} ${city.name}`,
      city.timeZone,
    ]),
  )
  return new Map(
    [...ofType(items, 'lead'), ...ofType(items, 'contact')].map(({ data, meta }) => {
      const { country, city } = data.address as { country: string; city: string }
      return [`${meta.type} ${data.id}`, zones.get(`${country} ${city}`) ?? 'unknown']
    }),
  )
}

const formats = new Map<string, Intl.DateTimeFormat>()

function localTime(time: number, timeZone: string): { hour: number; weekday: string } {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone,
      hour: '2-digit',
      hourCycle: 'h23',
      weekday: 'short',
    })
  formats.set(timeZone, format)
  const parts = new Map(format.formatToParts(time).map(({ type, value }) => [type, value]))
  return { hour: Number(parts.get('hour')), weekday: parts.get('weekday') ?? '' }
}

function point(value: unknown): { latitude: number; longitude: number } {
  return (value ?? {}) as { latitude: number; longitude: number }
}

type Place = ReturnType<typeof point>

/** Equirectangular: good to 1 % over the distances here. */
function distanceM(from: Place, to: Place): number {
  const metresPerDegree = 111_195
  const north = (to.latitude - from.latitude) * metresPerDegree
  const shrink = Math.cos((from.latitude * Math.PI) / 180)
  return Math.hypot(north, (to.longitude - from.longitude) * metresPerDegree * shrink)
}
