import { infiniteQueryOptions } from '@tanstack/react-query'

import { client } from './client.ts'
import { nextPage, pageSize } from './pages.ts'

export const conflictsQuery = infiniteQueryOptions({
  queryKey: ['imports', 'conflicts'],
  queryFn: ({ pageParam, signal }) =>
    client.importConflicts.list(
      { status: 'open', page: pageParam, per_page: pageSize },
      { signal },
    ),
  initialPageParam: 1,
  getNextPageParam: (last, _all, page) => nextPage(last, page),
})
