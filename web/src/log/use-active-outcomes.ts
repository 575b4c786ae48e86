import { useQuery } from '@tanstack/react-query'

import { type KnownOutcome, outcomesQuery } from '../api/visit-outcomes.ts'

/** The outcomes that a visit can be given. */
export function useActiveOutcomes(): readonly KnownOutcome[] {
  const { data: outcomes = [] } = useQuery(outcomesQuery)
  return outcomes.filter(({ isActive }) => isActive)
}
