import { queryOptions, useQuery } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'

import { client } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { sessionQuery } from '../api/sessions.ts'
import { placelessQuery } from '../api/unplaced.ts'
import { basePath } from '../base-path.ts'

export const stepNames = ['outcomes', 'people', 'visits', 'addresses', 'phone'] as const
export type StepName = (typeof stepNames)[number]

/** With how many outcomes an account begins. */
const seededOutcomes = 5
/** Findings that a phone's own fix led to. */
const byPhone = [
  'within_radius',
  'outside_radius',
  'borderline',
  'inaccurate_fix',
  'stale_fix',
] as const

async function countVisits(query: object, signal: AbortSignal): Promise<number> {
  const asked = { ...query, per_page: 1, include_total: true }
  return (await client.visits.list(asked, { signal })).meta.total_count ?? 0
}

/** What a new account has yet to do. */
const stepsQuery = queryOptions({
  queryKey: ['checklist'],
  queryFn: async ({ signal }) => {
    const [outcomes, users, visits, phoned, customers, unplaced] = await Promise.all([
      client.outcomes.list({ per_page: 100 }, { signal }),
      client.users.list({ per_page: 2 }, { signal }),
      countVisits({}, signal),
      countVisits({ reason: [...byPhone] }, signal),
      client.customers.list({ per_page: 1 }, { signal }),
      queryClient.fetchQuery(placelessQuery),
    ])
    const isChanged = outcomes.items.some(({ data }) => data.updated_at !== data.created_at)
    return {
      unplaced,
      done: {
        outcomes: isChanged || outcomes.items.length !== seededOutcomes,
        people: users.items.length > 1,
        visits: visits > 0,
        addresses: customers.items.length > 0 && unplaced === 0,
        phone: phoned > 0,
      } satisfies Record<StepName, boolean>,
    }
  },
  staleTime: 60_000,
  refetchInterval: 60_000,
})

const key = `checklist-is-over${basePath}`
const listeners = new Set<() => void>()
let isOver: boolean | undefined

function readIsOver(): boolean {
  try {
    isOver ??= localStorage.getItem(key) !== null
  } catch {
    isOver ??= false
  }
  return isOver
}

/** Hides the list for good, on this browser. */
export function endChecklist(): void {
  isOver = true
  try {
    localStorage.setItem(key, 'yes')
  } catch {
    // NOTE: a browser may refuse to keep anything. The list then comes again when it is opened.
  }
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** For admins, until all is done or they have hidden it; else undefined. */
export function useSteps() {
  const { data: session } = useQuery(sessionQuery)
  const isWanted = !useSyncExternalStore(subscribe, readIsOver) && session?.user.role === 'admin'
  const { data } = useQuery({ ...stepsQuery, enabled: isWanted })
  if (!isWanted || !data) return undefined
  const left = stepNames.filter((name) => !data.done[name])
  return left.length === 0 ? undefined : { ...data, left }
}
