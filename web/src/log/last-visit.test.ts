import type { Customer } from '@doorstep/contract/customers'
import { expect, it } from 'vitest'

import { aboutLastVisit } from './last-visit.ts'

const day = 86_400_000
const seen = (days: number) => {
  const at = new Date(Date.now() - days * day).toISOString()
  return { last_visit: { at, outcome_id: null } } as unknown as Customer
}

it('the head of a visit says what was so many days ago, in a line that does not break', () => {
  expect(aboutLastVisit(seen(7))).toBe('Last\u{a0}visit\u{a0}7\u{a0}days\u{a0}ago')
  const never = { last_visit: null } as unknown as Customer
  expect(aboutLastVisit(never)).toBe('Never visited')
})
