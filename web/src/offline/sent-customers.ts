import type { VisitItem } from '@doorstep/contract/visits'

import type { CustomerKey } from '../api/customers.ts'
import { recordKey } from './database.ts'

/** Whom the visits were to, each once. */
export function customersOf(visits: readonly VisitItem[]): readonly CustomerKey[] {
  const customers = visits.map(({ data }) => ({ type: data.resource_type, id: data.resource_id }))
  return [...new Map(customers.map((each) => [recordKey(each.type, each.id), each])).values()]
}
