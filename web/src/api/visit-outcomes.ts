import type { VisitOutcome } from '@doorstep/contract/visit-outcomes'
import { queryOptions, useQuery } from '@tanstack/react-query'

import { grey, outcomeColours } from '../parts/outcome-colours.ts'
import type { OutcomeLook } from '../parts/Outcome.tsx'
import { texts } from '../texts/texts.ts'
import { client } from './client.ts'

/** An outcome with its look, in the order in which the account lists them. */
export interface KnownOutcome extends OutcomeLook {
  readonly id: number
  readonly isActive: boolean
}

function looksOf(outcomes: readonly VisitOutcome[]): readonly KnownOutcome[] {
  const taken = new Set(outcomes.map(({ color }) => color?.toLowerCase()))
  const left = outcomeColours.filter((color) => !taken.has(color))
  return outcomes
    .toSorted((a, b) => (a.position ?? a.id) - (b.position ?? b.id))
    .map(({ id, name, color, icon, active }) => ({
      id,
      name,
      color: color ?? left.shift() ?? grey,
      icon: icon ?? null,
      isActive: active !== false,
    }))
}

export const outcomesQuery = queryOptions({
  queryKey: ['outcomes'],
  queryFn: async ({ signal }) => {
    const { items } = await client.outcomes.list({ include: 'style', per_page: 200 }, { signal })
    return looksOf(items.map(({ data }) => data))
  },
  staleTime: 300_000,
  // For when there is no network.
  meta: { isKept: true },
  gcTime: Number.POSITIVE_INFINITY,
})

export const noOutcome: OutcomeLook = {
  name: texts.visits.noOutcome,
  // As on the map, and another grey than that of the palette.
  color: 'var(--field)',
  icon: null,
  isNone: true,
}

/** How to draw the outcome with an id; null: a visit without one. */
export function useOutcome(): (id: number | null) => OutcomeLook {
  const { data = [] } = useQuery(outcomesQuery)
  const byId = new Map(data.map((outcome) => [outcome.id, outcome]))
  return (id) => (id === null ? undefined : byId.get(id)) ?? noOutcome
}
