import { describe, expect, it } from 'vitest'

import { dayIn, daysAround, isDay, timesAround } from './days.ts'

const at = (text: string) => Date.parse(text)

describe('days', () => {
  it.each([
    ['UTC+00:00', '2026-05-09T23:59:59Z', '2026-05-09'],
    ['UTC+05:45', '2026-05-09T18:14:59Z', '2026-05-09'],
    ['UTC+05:45', '2026-05-09T18:15:00Z', '2026-05-10'],
    ['UTC-08:00', '2026-05-10T07:59:59Z', '2026-05-09'],
    ['Europe/Berlin', '2026-03-29T21:59:59Z', '2026-03-29'],
    ['Europe/Berlin', '2026-03-29T22:00:00Z', '2026-03-30'],
    ['Europe/Berlin', '2026-10-25T22:59:59Z', '2026-10-25'],
    ['Europe/Berlin', '2026-10-25T23:00:00Z', '2026-10-26'],
    ['America/Sao_Paulo', '2018-11-04T02:59:59Z', '2018-11-03'],
    ['America/Sao_Paulo', '2018-11-04T03:00:00Z', '2018-11-04'],
    ['Asia/Kathmandu', '2026-05-09T18:15:00Z', '2026-05-10'],
    ['no such zone', '2026-05-09T23:59:59Z', '2026-05-09'],
    ['', '0001-01-01T00:00:00Z', '0001-01-01'],
  ])('in %s, %s is on %s', (zone, time, day) => {
    expect(dayIn(zone, at(time))).toBe(day)
    const [from, to] = daysAround(at(time))
    expect([from <= day, day <= to]).toEqual([true, true])
    const [first, before] = timesAround(day)
    expect([first <= at(time), at(time) < before]).toEqual([true, true])
  })

  it.each([
    ['2026-02-28', true],
    ['2024-02-29', true],
    ['9999-12-31', true],
    ['2026-02-29', false],
    ['2026-13-01', false],
    ['0000-01-01', false],
    ['2026-5-9', false],
    ['2026-05-09T00:00:00Z', false],
    ['', false],
  ])('%s is a day: %s', (text, isOne) => {
    expect(isDay(text)).toBe(isOne)
  })
})
