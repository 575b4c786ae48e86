import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import { runs } from '../../../test/support/runs.ts'
import { dayNumbers, mondayOf, monthOf, printDay, printMonth } from './days.ts'

const hourMs = 3_600_000

/** Days on which clocks are changed, and a day that Samoa left out. */
const changes = [
  '2026-03-29T01:00:00Z',
  '2026-10-25T01:00:00Z',
  '2017-10-15T03:00:00Z',
  '2018-02-18T02:00:00Z',
  '1985-12-31T18:30:00Z',
  '2011-12-30T10:00:00Z',
  '2006-10-29T02:31:00Z',
].map((text) => Date.parse(text))

const times = fc.oneof(
  fc.integer({ min: Date.UTC(1970), max: Date.UTC(2040) }),
  fc
    .tuple(fc.constantFrom(...changes), fc.integer({ min: -30 * hourMs, max: 30 * hourMs }))
    .map(([at, by]) => at + by),
)

const zones = [
  'Europe/Berlin',
  'America/Sao_Paulo',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'America/St_Johns',
  'UTC',
]

it.each(zones)('days in %s are those of the calendar there (10.5)', (timeZone) => {
  const calendar = new Intl.DateTimeFormat('sv-SE', { timeZone })
  const dayOf = dayNumbers(timeZone)
  fc.assert(
    fc.property(times, (at) => {
      const day = dayOf(at)
      expect(printDay(day)).toBe(calendar.format(at))
      expect(printMonth(monthOf(day))).toBe(calendar.format(at).slice(0, 7))
    }),
    { numRuns: runs({ test: 500, rest: 20_000 }) },
  )
})

it('a fixed offset is a time zone, and an unknown one is UTC (10.5)', () => {
  const at = Date.parse('2026-05-09T20:00:00Z')
  expect(printDay(dayNumbers('UTC+05:45')(at))).toBe('2026-05-10')
  expect(printDay(dayNumbers('UTC-08:00')(at))).toBe('2026-05-09')
  expect(printDay(dayNumbers('Nowhere/Else')(at))).toBe('2026-05-09')
})

it('a week begins on Monday (10.5)', () => {
  const mondays = ['2026-03-01', '2026-03-02', '2026-03-08', '1969-12-31', '0001-01-01'].map(
    (day) => printDay(mondayOf(Date.parse(`${day}T00:00:00Z`) / 86_400_000)),
  )
  expect(mondays).toEqual(['2026-02-23', '2026-03-02', '2026-03-02', '1969-12-29', '0001-01-01'])
})
