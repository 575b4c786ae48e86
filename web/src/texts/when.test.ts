import { expect, it } from 'vitest'

import { whenOf } from './when.ts'

it('names the day of a moment that was not today', () => {
  const now = new Date()
  const before = new Date(now.getTime() - 48 * 3_600_000)
  const weekday = new Intl.DateTimeFormat(navigator.language, { weekday: 'short' })

  expect(whenOf(before)).toContain(weekday.format(before))
  expect(whenOf(now)).not.toContain(weekday.format(now))
})
