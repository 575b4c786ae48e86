import type { Customer } from '@doorstep/contract/customers'

import type { Fix } from '../offline/fixes.ts'
import { indexNearest } from '../offline/nearest.ts'

export type CustomerKey = Pick<Customer, 'resource_type' | 'id'>

interface Known {
  readonly customers: readonly Customer[]
  readonly fix: Fix | null
  /** Whether the phone still looks for where it is. */
  readonly isLooking: boolean
  /** Whom the visit that was begun last is to. */
  readonly draft: CustomerKey | null
}

/**
 * Whom the sheet begins with: the nearest if the phone is within its radius, else whom a draft is about.
 * Undefined: somebody has to choose, or the phone may find its place yet.
 */
export function firstCustomer({
  customers,
  fix,
  isLooking,
  draft,
}: Known): CustomerKey | undefined {
  const nearest = fix && indexNearest(customers).find(fix, 1)[0]
  if (nearest && nearest.distanceM <= nearest.customer.radius_m) return nearest.customer
  return isLooking ? undefined : (draft ?? undefined)
}
