import type { OAuthClient } from '@doorstep/contract/oauth-clients'
import { queryOptions } from '@tanstack/react-query'

import { client } from './client.ts'
import { queryClient } from './query-client.ts'

export type { OAuthClient }

/** The programs that may ask for tokens; for admins. */
export const oauthClientsQuery = queryOptions({
  queryKey: ['oauth', 'clients'],
  queryFn: async ({ signal }) => Array.fromAsync(client.oauthClients.each({}, { signal })),
})

export const reloadOauth = () => queryClient.invalidateQueries({ queryKey: ['oauth'] })
