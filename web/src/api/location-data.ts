import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'

import { client } from './client.ts'

/** What is held about where whoever is signed in was. */
export const locationDataQuery = queryOptions({
  queryKey: ['location_data'],
  queryFn: async ({ signal }) => (await client.locationData.get({ per_page: 1 }, { signal })).data,
  // For when there is no network.
  meta: { isKept: true },
  gcTime: Number.POSITIVE_INFINITY,
})

const looksPerPage = 50

/** Who else was shown where whoever is signed in was, page by page. */
export const looksQuery = infiniteQueryOptions({
  queryKey: ['location_data', 'looks'],
  queryFn: async ({ pageParam, signal }) => {
    const query = { page: pageParam, per_page: looksPerPage }
    const { data, meta } = await client.locationData.get(query, { signal })
    return { looks: data.looks, hasMore: meta.links.next_page !== undefined }
  },
  initialPageParam: 1,
  getNextPageParam: ({ hasMore }, _pages, page) => (hasMore ? page + 1 : undefined),
  // For when there is no network.
  meta: { isKept: true },
  gcTime: Number.POSITIVE_INFINITY,
})
