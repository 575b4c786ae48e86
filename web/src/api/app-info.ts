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
