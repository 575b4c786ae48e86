import { queryOptions } from '@tanstack/react-query'

import { client } from './client.ts'

/** What is shown before somebody signs in. */
export const appQuery = queryOptions({
  queryKey: ['app'],
  queryFn: async ({ signal }) => (await client.app.get({ signal })).data,
  staleTime: 300_000,
  // For when there is no network.
  meta: { isKept: true },
  gcTime: Number.POSITIVE_INFINITY,
})

/** Who is signed in. Throws UnauthorizedError if nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }) => (await client.session.get({ signal })).data,
  staleTime: 300_000,
})

/** What waits for the review of whoever is signed in. */
export const reviewCountsQuery = queryOptions({
  queryKey: ['review_counts'],
  queryFn: async ({ signal }) => (await client.reviewCounts.get({ signal })).data,
  refetchInterval: 60_000,
})

/** How many customers have no place, without those for which the geocoder is yet to be asked. */
export const placelessQuery = queryOptions({
  queryKey: ['unplaced', 'placeless'],
  queryFn: async ({ signal }) => {
    const { data } = await client.unplaced.counts({}, { signal })
    const { address_missing: missing, address_imprecise: imprecise, waiting } = data
    const known = missing + imprecise + data.not_found + data.refused + data.unavailable
    return data.has_geocoder ? known : known + waiting
  },
  staleTime: 60_000,
  refetchInterval: 60_000,
})
