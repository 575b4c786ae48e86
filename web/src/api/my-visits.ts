import type { Visit } from '@doorstep/contract/visits'
import { queryOptions } from '@tanstack/react-query'

import { startOf } from '../texts/days.ts'
import { client } from './client.ts'
import { queryClient } from './query-client.ts'
import type { StoredVisits } from './stored-days.ts'

// One's own exact places are no looks.
const parts = ['verification', 'finding', 'resource', 'creator', 'review'] as const

/** One's own visits of some days, the newest first; without a network, those last read. */
export const myVisitsQuery = (userId: number, first: string, last: string) =>
  queryOptions({
    queryKey: ['visits', 'mine', userId, first, last],
    queryFn: ({ signal }): Promise<Visit[]> =>
      Array.fromAsync(
        client.visits.each(
          {
            creator_id: [userId],
            visited_at: { gte: startOf(first).toISOString(), lt: startOf(last, 1).toISOString() },
            sort_by: 'visited_at:desc',
            include: [...parts],
            per_page: 100,
          },
          { signal },
        ),
      ),
    placeholderData: () => undefined,
    meta: { isKept: true },
    gcTime: Number.POSITIVE_INFINITY,
  })

/** One's own visits as they were read for other days. */
export function storedVisits(userId: number): readonly StoredVisits[] {
  const queries = queryClient.getQueryCache().findAll({ queryKey: ['visits', 'mine', userId] })
  return queries.flatMap(({ queryKey, state }) => {
    const [, , , first, last] = queryKey
    const visits: Visit[] | undefined = queryClient.getQueryData(queryKey)
    if (typeof first !== 'string' || typeof last !== 'string' || !visits) return []
    return [{ first, last, visits, at: state.dataUpdatedAt }]
  })
}

/** One's own visit, if it is among those that were read. */
export function findMine(id: number): Visit | undefined {
  const lists = queryClient.getQueriesData<Visit[]>({ queryKey: ['visits', 'mine'] })
  for (const [, visits] of lists) {
    const found = visits?.find((visit) => visit.id === id)
    if (found) return found
  }
  return undefined
}

/** How many visits somebody has made since a day. */
export const visitsSinceQuery = (userId: number, first: string) =>
  queryOptions({
    queryKey: ['visits', 'mine_since', userId, first],
    queryFn: async ({ signal }) => {
      const gte = startOf(first).toISOString()
      const query = { creator_id: [userId], visited_at: { gte }, per_page: 1 }
      const { meta } = await client.visits.list({ ...query, include_total: true }, { signal })
      return meta.total_count ?? 0
    },
    meta: { isKept: true },
    gcTime: Number.POSITIVE_INFINITY,
  })
