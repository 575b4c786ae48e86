import type { Invitation } from '@doorstep/contract/invitations'
import type { User, UserActivity } from '@doorstep/contract/users'
import { queryOptions } from '@tanstack/react-query'

import { startOf, today } from '../texts/days.ts'
import { client } from './client.ts'
import { queryClient } from './query-client.ts'

export type { Invitation, User, UserActivity }

/** Everybody, with when they were seen and how exact their phones were lately, by name. */
export const peopleQuery = queryOptions({
  queryKey: ['users', 'people'],
  queryFn: async ({ signal }) => {
    const users = await Array.fromAsync(client.users.each({ include: 'activity' }, { signal }))
    return users.toSorted((a, b) => a.name.localeCompare(b.name))
  },
})

export interface Logged {
  readonly visits: number
  /** Those with location off. */
  readonly off: number
}

export const lately = 30

/** What each person logged in the last 30 days, of what one may see; by their id. */
export const loggedLatelyQuery = queryOptions({
  queryKey: ['users', 'logged'],
  queryFn: async ({ signal }) => {
    const { data } = await client.visitReports.get(
      { group_by: ['creator'], visited_at: { gte: startOf(today(), 1 - lately).toISOString() } },
      { signal },
    )
    return new Map<number, Logged>(data.rows.map((row) => [Number(row.keys.creator), row]))
  },
})

/** Who was invited and has not come yet; for admins. */
export const invitationsQuery = queryOptions({
  queryKey: ['users', 'invitations'],
  queryFn: async ({ signal }) => Array.fromAsync(client.invitations.each({}, { signal })),
})

export const reloadPeople = () => queryClient.invalidateQueries({ queryKey: ['users'] })
