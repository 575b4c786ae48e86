import type { Customer } from '@doorstep/contract/customers'

import { type OutboxRow, recordKey } from '../offline/database.ts'

const dayMs = 86_400_000

/** ISO 8601. */
const timeOf = ({ draft, addedAt }: OutboxRow): string =>
  draft.visited_at ?? draft.device?.captured_at ?? addedAt

const isNewer = (at: string, than: string | undefined): boolean =>
  than === undefined || Date.parse(at) > Date.parse(than)

/** The newest visit of each customer that is to be sent as it is, by the customer's key. */
function newestOf(rows: readonly OutboxRow[]): ReadonlyMap<string, OutboxRow> {
  const newest = new Map<string, OutboxRow>()
  for (const row of rows.filter(({ refusal }) => !refusal)) {
    const key = recordKey(row.draft.resource_type, row.draft.resource_id)
    const known = newest.get(key)
    if (isNewer(timeOf(row), known && timeOf(known))) newest.set(key, row)
  }
  return newest
}

/** Counts a visit that waits on this phone as the last one, though the server has yet to judge it. */
function afterWaiting(customer: Customer, row: OutboxRow): Customer {
  const at = timeOf(row)
  if (!isNewer(at, customer.last_visit?.at)) return customer
  const { visit_every_days: days, due_at: due } = customer
  return {
    ...customer,
    last_visit: {
      id: customer.last_visit?.id ?? 0,
      at,
      outcome_id: row.draft.outcome_id ?? null,
      status: 'location_unknown',
    },
    due_at: days === null ? due : new Date(Date.parse(at) + days * dayMs).toISOString(),
  }
}

/** The customers as they are once the visits that wait on this phone are sent. */
export function withWaiting(
  customers: readonly Customer[],
  rows: readonly OutboxRow[],
): readonly Customer[] {
  if (rows.length === 0) return customers
  const newest = newestOf(rows)
  return customers.map((customer) => {
    const row = newest.get(recordKey(customer.resource_type, customer.id))
    return row ? afterWaiting(customer, row) : customer
  })
}
