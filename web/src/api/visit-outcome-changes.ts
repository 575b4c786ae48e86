import type { VisitOutcomeChange } from '@doorstep/contract/visit-outcomes'
import { queryOptions } from '@tanstack/react-query'

import { client } from './client.ts'
import { queryClient } from './query-client.ts'
import { type KnownOutcome, outcomesQuery } from './visit-outcomes.ts'

/** How many visits each outcome has, of those that one may see; by id. */
export const outcomeCountsQuery = queryOptions({
  queryKey: ['outcomes', 'counts'],
  queryFn: async ({ signal }) => {
    const { data } = await client.visitReports.get({ group_by: ['outcome'] }, { signal })
    return new Map(data.rows.map(({ keys, visits }) => [Number(keys.outcome), visits]))
  },
})

/** What screens change; `position` counts from 1 among all others. */
export type OutcomeEdit = Omit<VisitOutcomeChange, 'color' | 'icon'> & {
  readonly color?: string
  readonly icon?: string | null
}

function edited(
  outcomes: readonly KnownOutcome[],
  id: number,
  { position, active, ...look }: OutcomeEdit,
): readonly KnownOutcome[] {
  const before = outcomes.find((outcome) => outcome.id === id)
  if (!before) return outcomes
  const after = { ...before, ...look, isActive: active ?? before.isActive }
  if (position === undefined) return outcomes.map((each) => (each === before ? after : each))
  return outcomes.filter((each) => each !== before).toSpliced(position - 1, 0, after)
}

/** Shows a change at once. Gives back what was shown. */
export async function showEdit(id: number, edit: OutcomeEdit) {
  await queryClient.cancelQueries({ queryKey: outcomesQuery.queryKey, exact: true })
  const before = queryClient.getQueryData(outcomesQuery.queryKey)
  queryClient.setQueryData(outcomesQuery.queryKey, (list) => list && edited(list, id, edit))
  return before
}

export const reloadOutcomes = () => queryClient.invalidateQueries({ queryKey: ['outcomes'] })
