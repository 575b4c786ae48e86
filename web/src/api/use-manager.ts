import { useQuery } from '@tanstack/react-query'

import { sessionQuery } from './sessions.ts'
import { useUserName } from './users.ts'

/** The first name of whom the person reports to. */
export function useManager(): string | undefined {
  const { data: session } = useQuery(sessionQuery)
  const nameOf = useUserName()
  return nameOf(session?.user.reports_to ?? null)?.split(' ')[0]
}
