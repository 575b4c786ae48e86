import type { Customer } from '@doorstep/contract/customers'

import { daysAgo, dayOf, relativeDay } from '../texts/days.ts'
import { relative } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'

/** When a customer was last visited, in words that stay in one line. */
export const lastVisitOf = ({ last_visit: last }: Customer): string =>
  last ? ago(last.at).replaceAll(' ', '\u00a0') : texts.log.never

/** The same where nothing else says of what it is. */
export const aboutLastVisit = (customer: Customer): string =>
  customer.last_visit ? texts.log.lastVisit(lastVisitOf(customer)) : texts.log.never

/** "2 hours ago", and from yesterday on by days of the calendar. */
const ago = (at: string): string =>
  daysAgo(dayOf(at)) === 0 ? relative(at, Date.now()) : relativeDay(at)
