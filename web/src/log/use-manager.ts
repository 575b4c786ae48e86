import { useQuery } from '@tanstack/react-query'

import { sessionQuery } from '../api/sessions.ts'
import { useUserName } from '../api/users.ts'

/** The first name of whom the person reports to. */
export function useManager(): string | undefined {
  const { data: session } = useQuery(sessionQuery)
  const nameOf = useUserName()
  return nameOf(session?.user.reports_to ?? null)?.split(' ')[0]
}
