import type { Token } from '@doorstep/contract/tokens'
import { queryOptions } from '@tanstack/react-query'

import { client } from './client.ts'
import { queryClient } from './query-client.ts'

export type { Token }

/** The personal tokens of a user, the newest first. */
export const tokensQuery = (userId: number) =>
  queryOptions({
    queryKey: ['tokens', userId],
    queryFn: async ({ signal }) => {
      const query = { user_id: userId, sort_by: 'id:desc' } as const
      return Array.fromAsync(client.tokens.each(query, { signal }))
    },
    // Never those of somebody else.
    placeholderData: () => undefined,
  })

export const reloadTokens = () => queryClient.invalidateQueries({ queryKey: ['tokens'] })
