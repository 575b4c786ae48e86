import { queryOptions } from '@tanstack/react-query'

import { client } from './client.ts'

/** What waits for the review of whoever is signed in. */
export const reviewCountsQuery = queryOptions({
  queryKey: ['review_counts'],
  queryFn: async ({ signal }) => (await client.reviewCounts.get({ signal })).data,
  refetchInterval: 60_000,
})
