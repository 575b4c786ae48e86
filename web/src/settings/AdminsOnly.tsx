import { useQuery } from '@tanstack/react-query'

import { sessionQuery } from '../api/sessions.ts'
import { Message } from '../parts/Message.tsx'
import { texts } from '../texts/texts.ts'

/** Whether whoever is signed in may change what belongs to the account. */
export function useIsAdmin(): boolean {
  const { data: session } = useQuery(sessionQuery)
  return session?.user.role === 'admin'
}

interface AdminsOnlyProps {
  /** What is read here and changed by admins alone. */
  readonly children?: string | undefined
}

/** Says who may change what stands below it; nothing for an admin. */
export function AdminsOnly({ children = texts.settings.adminsOnly }: AdminsOnlyProps) {
  return useIsAdmin() ? undefined : <Message kind="info">{children}</Message>
}
