import type { User } from '@doorstep/contract/users'
import { queryOptions, useQuery } from '@tanstack/react-query'

import { client } from './client.ts'
import { queryClient } from './query-client.ts'
import { sessionQuery } from './sessions.ts'

export type { User }

/** Everybody in the account, by name. */
export const usersQuery = queryOptions({
  queryKey: ['users'],
  queryFn: async ({ signal }) => {
    const users = await Array.fromAsync(client.users.each({}, { signal }))
    return users.toSorted((a, b) => a.name.localeCompare(b.name))
  },
  staleTime: 300_000,
  // For when there is no network.
  meta: { isKept: true },
  gcTime: Number.POSITIVE_INFINITY,
})

export const reloadUsers = () => queryClient.invalidateQueries({ queryKey: ['users'] })

/** Those to whom somebody reports. */
export function managersIn(users: readonly User[]): readonly User[] {
  const managers = new Set(users.map(({ reports_to: manager }) => manager))
  return users.filter(({ id }) => managers.has(id))
}

export function useUserName(): (id: number | null) => string | undefined {
  const { data = [] } = useQuery(usersQuery)
  const names = new Map(data.map(({ id, name }) => [id, name]))
  return (id) => (id === null ? undefined : names.get(id))
}

/** Whether whoever is signed in reviews others: admins, and those to whom somebody reports. */
export function useIsReviewer(): boolean {
  const { data: session } = useQuery(sessionQuery)
  const { data: users = [] } = useQuery(usersQuery)
  const me = session?.user
  return me?.role === 'admin' || users.some(({ reports_to: manager }) => manager === me?.id)
}

/** Whether whoever is signed in may review the visits of a user: admins and those above them. */
export function useMayReview(): (creatorId: number) => boolean {
  const { data: session } = useQuery(sessionQuery)
  const { data: users = [] } = useQuery(usersQuery)
  const managers = new Map(users.map(({ id, reports_to: manager }) => [id, manager]))
  return (creatorId) => {
    const me = session?.user
    if (!me || me.id === creatorId) return false
    if (me.role === 'admin') return true
    const seen = new Set<number>()
    for (let id = managers.get(creatorId); id && !seen.has(id); id = managers.get(id)) {
      if (id === me.id) return true
      seen.add(id)
    }
    return false
  }
}
