import { useQuery } from '@tanstack/react-query'

import { sessionQuery } from '../api/sessions.ts'
import { useMayReview } from '../api/users.ts'

/** What whoever is signed in may do with a customer (PROTOCOL 7.2). */
export interface Rights {
  readonly mayEdit: boolean
  /** Move its pin and judge its visits again, set its radius: for admins and managers above the owner. */
  readonly mayMove: boolean
  /** Set its first place. */
  readonly mayPlace: boolean
}

export function useRights(ownerId: number | null): Rights {
  const { data: session } = useQuery(sessionQuery)
  const mayReview = useMayReview()
  const me = session?.user
  const isAdmin = me?.role === 'admin'
  const isAbove = ownerId !== null && mayReview(ownerId)
  const isOwner = me !== undefined && me.id === ownerId
  return {
    mayEdit: isAdmin || isAbove || isOwner,
    mayMove: isAdmin || isAbove,
    mayPlace: isAdmin || isAbove || isOwner,
  }
}
