import type { User } from '@doorstep/contract/users'
import { useQuery } from '@tanstack/react-query'

import { sessionQuery } from '../api/sessions.ts'
import type { Owners } from '../api/unplaced.ts'
import { managersIn, useMayReview, usersQuery } from '../api/users.ts'

/** Whose addresses somebody sees: an admin all, a manager those of their team, a rep their own. */
export interface Sight {
  readonly kind: 'all' | 'team' | 'own'
  readonly owners: Owners
  /** The same; undefined: anybody. */
  readonly ownerIds: ReadonlySet<number> | undefined
  /** Whom they may choose among. */
  readonly users: readonly User[]
  readonly managers: readonly User[]
}

/** Somebody and everyone below them. */
function teamOf(users: readonly User[], id: number): ReadonlySet<number> {
  const team = new Set([id])
  for (const above of team) {
    for (const user of users) if (user.reports_to === above) team.add(user.id)
  }
  return team
}

/** undefined: it is not known yet who is signed in. */
export function useSight(chosen: {
  readonly owner?: number | undefined
  readonly below?: number | undefined
}): Sight | undefined {
  const { data: session } = useQuery(sessionQuery)
  const { data: users } = useQuery(usersQuery)
  const isBelow = useMayReview()
  const me = session?.user
  if (!me || !users) return undefined
  const isAdmin = me.role === 'admin'
  const team = isAdmin ? users : users.filter(({ id }) => id === me.id || isBelow(id))
  if (!isAdmin && team.length < 2) {
    const owners = { owner_id: me.id }
    return { kind: 'own', owners, ownerIds: new Set([me.id]), users: [], managers: [] }
  }
  const known = (id: number | undefined) => (team.some((user) => user.id === id) ? id : undefined)
  const owner = known(chosen.owner)
  const below = known(chosen.below) ?? (isAdmin ? undefined : me.id)
  return {
    kind: isAdmin ? 'all' : 'team',
    owners: {
      ...(owner !== undefined && { owner_id: owner }),
      ...(below !== undefined && { below }),
    },
    ownerIds:
      owner !== undefined
        ? new Set([owner])
        : below === undefined
          ? undefined
          : teamOf(users, below),
    users: team,
    managers: managersIn(users).filter(({ id }) => known(id) !== undefined),
  }
}

/** What somebody may do about the place of a customer. */
export type MayPlace =
  /** Set and move the pin, and have the visits judged again. */
  | 'decide'
  /** Set one where there is none. */
  | 'place'
  /** Only say where it is. */
  | 'propose'

export function useMayPlace(): (ownerId: number | null, isPlaced: boolean) => MayPlace {
  const { data: session } = useQuery(sessionQuery)
  const isBelow = useMayReview()
  return (ownerId, isPlaced) => {
    const me = session?.user
    if (me?.role === 'admin') return 'decide'
    if (ownerId !== null && isBelow(ownerId)) return 'decide'
    return ownerId === me?.id && !isPlaced ? 'place' : 'propose'
  }
}

/** Whether somebody may change the address of a customer. */
export function useMayEdit(): (ownerId: number | null) => boolean {
  const { data: session } = useQuery(sessionQuery)
  const isBelow = useMayReview()
  return (ownerId) => {
    const me = session?.user
    if (!me) return false
    return me.role === 'admin' || (ownerId !== null && (ownerId === me.id || isBelow(ownerId)))
  }
}
