import type { Customer } from '@doorstep/contract/customers'
import { distance } from 'geokdbush'

import { navigationLink } from '../near/navigation-link.ts'
import { daysAgo, dayOf } from '../texts/days.ts'
import { metres } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import type { Place } from './best-order.ts'
import type { KnownStop } from './use-plan.ts'

const { today } = texts

/** Where a customer is: its own place, or else its first site. */
export function placeOf(customer: Customer | undefined): Place | null {
  const { latitude = null, longitude = null } = customer ?? {}
  if (latitude !== null && longitude !== null) return { latitude, longitude }
  return customer?.sites[0] ?? null
}

/** "820 m · due since 3 days", as far as it is known. */
export function lineOf(customer: Customer, from: Place | null): string {
  const place = placeOf(customer)
  const away =
    place &&
    from &&
    distance(place.longitude, place.latitude, from.longitude, from.latitude) * 1_000
  return [place === null ? today.noPlace : away === null ? null : metres(away), seenOf(customer)]
    .filter((part) => part !== null)
    .join(' · ')
}

function seenOf({ due_at: due, last_visit: last }: Customer): string {
  const late = due === null ? -1 : daysAgo(dayOf(due))
  if (late >= 0) return today.due(late)
  return last ? today.seen(daysAgo(dayOf(last.at))) : today.never
}

/** Opens the phone's own app for the way to a stop; null: nobody knows where it is. */
export const wayTo = ({ customer, name }: Pick<KnownStop, 'customer' | 'name'>): string | null =>
  navigationLink(placeOf(customer), customer?.address ?? null, name)
