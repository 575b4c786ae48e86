import { expect, it } from 'vitest'

import { dayIn, daysBetween, laterBy, startIn } from './zone-days.ts'

it('days begin where the zone’s clocks say so, also when they change', () => {
  const start = (day: string, zone: string) => startIn(day, zone).toISOString()
  expect(start('2026-10-25', 'Europe/Berlin')).toBe('2026-10-24T22:00:00.000Z')
  expect(start('2026-10-26', 'Europe/Berlin')).toBe('2026-10-25T23:00:00.000Z')
  expect(start('2026-03-01', 'Pacific/Kiritimati')).toBe('2026-02-28T10:00:00.000Z')
  expect(start('2026-03-01', '-11:00')).toBe('2026-03-01T11:00:00.000Z')
  // Clocks went from 23:59 to 01:00.
  expect(start('2018-11-04', 'America/Sao_Paulo')).toBe('2018-11-04T03:00:00.000Z')
  expect(dayIn('2026-10-24T22:00:00Z', 'Europe/Berlin')).toBe('2026-10-25')
  expect(laterBy('2026-02-27', 2)).toBe('2026-03-01')
  expect(daysBetween('2026-10-24', '2026-10-26')).toBe(2)
})
