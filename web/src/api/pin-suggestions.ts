import type { PinSuggestion } from '@doorstep/contract/pin-suggestions'
import { queryOptions } from '@tanstack/react-query'

import { client } from './client.ts'
import { readCustomers } from './placed-customers.ts'

/** Records whose last visits agree that they are elsewhere; of those that one may decide on. */
export const pinSuggestionsQuery = queryOptions({
  queryKey: ['customers', 'pin_suggestions'],
  queryFn: ({ signal }): Promise<PinSuggestion[]> =>
    Array.fromAsync(client.pinSuggestions.each({}, { signal })),
})

/** Customers whose visits happen elsewhere, at most the first hundred. */
export const suggestedPinsQuery = queryOptions({
  queryKey: ['unplaced', 'suggestions'],
  queryFn: async ({ signal }) => {
    const { items, meta } = await client.pinSuggestions.list({ per_page: 100 }, { signal })
    const suggestions = items.map(({ data }) => data)
    const customers = await readCustomers(
      suggestions.map((each) => ({ type: each.resource_type, id: each.resource_id })),
      signal,
    )
    return {
      suggestions: suggestions.flatMap((suggestion) => {
        const customer = customers.get(`${suggestion.resource_type}.${suggestion.resource_id}`)
        return customer ? [{ suggestion, customer }] : []
      }),
      hasMore: meta.links.next_page !== undefined,
    }
  },
  refetchInterval: 60_000,
})
