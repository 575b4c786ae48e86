import { queryOptions } from '@tanstack/react-query'

import { client } from './client.ts'

export const visitHistoryQuery = (id: number) =>
  queryOptions({
    queryKey: ['visits', 'history', id],
    queryFn: async ({ signal }) => {
      const { items, meta } = await client.visits.history(id, { per_page: 100 }, { signal })
      return { entries: items.map(({ data }) => data), expired: meta.expired_events }
    },
    // Never that of the visit before.
    placeholderData: () => undefined,
  })
