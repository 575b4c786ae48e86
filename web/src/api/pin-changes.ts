import type { PinChange } from '@doorstep/contract/pin-changes'
import { queryOptions } from '@tanstack/react-query'

import { client } from './client.ts'
import { type PlacedCustomer, readCustomers } from './placed-customers.ts'

/** Proposals that nobody has decided on, one's own and those of the people below. */
export const pinProposalsQuery = queryOptions({
  queryKey: ['customers', 'pin_changes'],
  queryFn: ({ signal }): Promise<PinChange[]> =>
    Array.fromAsync(client.pinChanges.each({ status: 'pending' }, { signal })),
})

export interface ProposedPin {
  readonly change: PinChange
  readonly customer: PlacedCustomer
}

/** Proposals that nobody has decided, the oldest first. */
export const proposedPinsQuery = queryOptions({
  queryKey: ['unplaced', 'proposed'],
  queryFn: async ({ signal }): Promise<readonly ProposedPin[]> => {
    const { items } = await client.pinChanges.list({ status: 'pending', per_page: 100 }, { signal })
    const changes = items.map(({ data }) => data)
    const customers = await readCustomers(
      changes.map((each) => ({ type: each.resource_type, id: each.resource_id })),
      signal,
    )
    return changes.flatMap((change) => {
      const customer = customers.get(`${change.resource_type}.${change.resource_id}`)
      return customer ? [{ change, customer }] : []
    })
  },
})
