import { useQuery } from '@tanstack/react-query'

import { oauthClientsQuery } from '../api/oauth-clients.ts'
import { sessionQuery } from '../api/sessions.ts'
import { tokensQuery } from '../api/tokens.ts'
import { usersQuery } from '../api/users.ts'
import type { Section } from './sections.ts'

/** How many there are behind a section, for those where it says something. */
export function useSectionCounts(): Partial<Record<Section, number>> {
  const { data: session } = useQuery(sessionQuery)
  const { data: users } = useQuery(usersQuery)
  const self = session?.user
  const { data: tokens } = useQuery({ ...tokensQuery(self?.id ?? 0), enabled: self !== undefined })
  const isAdmin = self?.role === 'admin'
  const { data: apps } = useQuery({ ...oauthClientsQuery, enabled: isAdmin })
  return {
    ...(users && { people: users.filter(({ status }) => status === 'active').length }),
    ...(tokens && { tokens: tokens.length }),
    ...(apps && { oauth: apps.length }),
  }
}
