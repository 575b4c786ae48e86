import { useQuery } from '@tanstack/react-query'

import { reviewCountsQuery } from '../api/queries.ts'

/** How many wait behind an entry of the rail, by its address. */
export function useCounts(): Readonly<Record<string, number>> {
  const { data: review } = useQuery(reviewCountsQuery)
  if (!review) return {}
  return { '/review': review.visits + review.pin_changes }
}
