import { expect, it } from 'vitest'

import { firstAfter, missingSpans, spanOf } from './event-partition-spans.ts'
import { numbered } from './statements.ts'

it('numbers named values, each once, and leaves quotes, casts and comments alone', () => {
  const text = `select ':no', ":no", :a::text -- :no
    from t where x = :b and y = :a and z = 'it''s :no'`
  expect(numbered(text, { a: 1, b: 'two', c: 3 })).toEqual({
    text: `select ':no', ":no", $1::text -- :no
    from t where x = $2 and y = $1 and z = 'it''s :no'`,
    values: [1, 'two'],
  })
})

it('has no value without a name, and no text with U+0000', () => {
  expect(() => numbered('select :a', {})).toThrow('undefined')
  expect(numbered('select :a', { a: 'a\0b' }).values).toEqual(['a\uFFFDb'])
})

const dayMs = 24 * 3_600_000
const noon = 20_000 * dayMs + dayMs / 2
const day = (n: number) => ({ from: (20_000 + n) * dayMs, to: (20_001 + n) * dayMs })

it('makes a partition for today and three days more, and goes on where the last one ends', () => {
  expect(missingSpans(noon, dayMs, [], undefined)).toEqual([day(0), day(1), day(2), day(3)])
  expect(missingSpans(noon, dayMs, [day(0), day(1), day(2), day(3)], undefined)).toEqual([])
  expect(missingSpans(noon + dayMs, dayMs, [day(1), day(3)], undefined)).toEqual([day(2), day(4)])
  expect(missingSpans(noon, dayMs, [day(-9)], undefined)).toHaveLength(4)
})

it('makes none for a day that has events already, which stay where they are', () => {
  expect(missingSpans(noon, dayMs, [], noon)).toEqual([day(1), day(2), day(3)])
  expect(missingSpans(noon, dayMs, [], noon - dayMs)).toHaveLength(4)
  expect(missingSpans(noon, dayMs, [], noon + 9 * dayMs)).toEqual([])
})

it('makes those that a clock left out which was a year ahead (5.6)', () => {
  const year = [365, 366, 367, 368].map(day)
  const left = [day(1), day(2), day(3)]
  expect(missingSpans(noon, dayMs, [day(0), ...year], undefined)).toEqual(left)
  expect(missingSpans(noon, dayMs, year, undefined)).toEqual(left)
  expect(missingSpans(noon, dayMs, [day(0), ...left, ...year], undefined)).toEqual([])
  expect(firstAfter(noon, dayMs, [day(0), ...left, ...year])).toBe(day(4).from)
})

it('creates longer ones where events are retained for long, which start where others end', () => {
  expect(spanOf(72 * 3_600_000)).toBe(dayMs)
  expect(spanOf(365 * dayMs)).toBe(7 * dayMs)
  const [first, second] = missingSpans(noon, 7 * dayMs, [day(0)], undefined)
  expect(first?.from).toBe(day(0).to)
  expect((first?.to ?? 1) % (7 * dayMs)).toBe(0)
  expect(second?.from).toBe(first?.to)
})
