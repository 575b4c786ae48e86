import { queryOptions } from '@tanstack/react-query'

import { client } from './client.ts'

/** One's own saved views and those that others share, by name. */
export const savedViewsQuery = queryOptions({
  queryKey: ['saved_views'],
  queryFn: async ({ signal }) =>
    Array.fromAsync(client.savedViews.each({ sort_by: 'name' }, { signal })),
})
