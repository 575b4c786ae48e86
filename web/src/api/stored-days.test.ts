import { expect, it } from 'vitest'

import { visit } from '../../../client/test/samples.ts'
import { dayOf, startOf } from '../texts/days.ts'
import { visitsOfDays } from './stored-days.ts'

const noon = (day: string) => new Date(startOf(day).getTime() + 12 * 3_600_000).toISOString()
const on = (id: number, day: string, summary = '') => ({
  ...visit(id),
  visited_at: noon(day),
  summary,
})

const week = {
  first: '2026-11-23',
  last: '2026-11-29',
  visits: [on(2, '2026-11-29'), on(1, '2026-11-23')],
  at: 20,
}

it('shows the days that were read, on a day for which nothing was', () => {
  expect(visitsOfDays([week], '2026-11-24', '2026-11-30')).toEqual({
    visits: [week.visits[0]],
    at: 20,
  })
})

it('shows each visit as it was read last', () => {
  const earlier = { ...week, last: '2026-11-28', visits: [on(1, '2026-11-23', 'before')], at: 10 }
  const found = visitsOfDays([week, earlier], '2026-11-22', '2026-11-28')

  expect(found).toEqual({ visits: [week.visits[1]], at: 10 })
  expect(dayOf(found?.visits[0]?.visited_at ?? '')).toBe('2026-11-23')
})

it('shows nothing where no such day was read', () => {
  expect(visitsOfDays([week], '2026-11-30', '2026-12-06')).toBeUndefined()
})
