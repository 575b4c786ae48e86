import { infiniteQueryOptions } from '@tanstack/react-query'

import { client } from './client.ts'

const perPage = 50

/** Who did what, the newest first, page by page. For admins. */
export const auditQuery = infiniteQueryOptions({
  queryKey: ['audit'],
  queryFn: async ({ pageParam, signal }) => {
    const query = { cursor: pageParam, per_page: perPage }
    const { items, meta } = await client.audit.list(query, { signal })
    return { entries: items.map(({ data }) => data), next: meta.next_cursor }
  },
  initialPageParam: '',
  getNextPageParam: ({ next }) => next,
  staleTime: 0,
})
