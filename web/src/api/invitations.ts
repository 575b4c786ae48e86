import type { Invitation } from '@doorstep/contract/invitations'
import { queryOptions } from '@tanstack/react-query'

import { client } from './client.ts'

export type { Invitation }

/** Who was invited and has not come yet; for admins. */
export const invitationsQuery = queryOptions({
  queryKey: ['users', 'invitations'],
  queryFn: async ({ signal }) => Array.fromAsync(client.invitations.each({}, { signal })),
})
