import type { Grant } from '@doorstep/contract/grants'
import { queryOptions } from '@tanstack/react-query'

import { client } from './client.ts'

export type { Grant }

/** What one has allowed programs to do in one's name. */
export const grantsQuery = queryOptions({
  queryKey: ['oauth', 'grants'],
  queryFn: async ({ signal }) => Array.fromAsync(client.grants.each({}, { signal })),
})
