import type { UserActivity } from '@doorstep/contract/users'
import { queryOptions } from '@tanstack/react-query'

import { startOf, today } from '../texts/days.ts'
import { client } from './client.ts'

export type { UserActivity }

/** When people were seen, and how exact their phones were lately; null of those whom one does not lead. */
export const activityQuery = queryOptions({
  queryKey: ['users', 'activity'],
  queryFn: async ({ signal }) => {
    const query = { include: 'activity', per_page: 100 } as const
    const users = await Array.fromAsync(client.users.each(query, { signal }))
    return new Map(users.map(({ id, activity }) => [id, activity ?? null]))
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
