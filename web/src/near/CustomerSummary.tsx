import type { Customer } from '@doorstep/contract/customers'

import { daysAgo, dayOf, printShortDay } from '../texts/days.ts'
import { metres } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import { daysToDue } from './near-list.ts'

const { near, customers } = texts
const words = near.customer

function due(customer: Customer): string {
  const days = daysToDue(customer)
  if (days === null) return words.dueNever
  if (days < 0) return near.late(-days)
  return days === 0 ? words.dueToday : customers.dueIn(days)
}

function lastVisit({ last_visit: last }: Customer): string {
  if (!last) return customers.never
  const day = dayOf(last.at)
  const ago = daysAgo(day)
  if (ago === 0) return customers.today
  return ago === 1 ? customers.yesterday : printShortDay(day)
}

/** When it is due, when it was last visited, and within how many metres a visit counts. */
export const CustomerSummary = ({ customer }: { readonly customer: Customer }) => (
  <dl className="customer-summary">
    <div>
      <dt>{words.due}</dt>
      <dd>{due(customer)}</dd>
    </div>
    <div>
      <dt>{words.lastVisit}</dt>
      <dd>{lastVisit(customer)}</dd>
    </div>
    <div>
      <dt>{words.radius}</dt>
      <dd>{metres(customer.radius_m)}</dd>
    </div>
  </dl>
)
