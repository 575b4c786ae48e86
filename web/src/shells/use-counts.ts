import { useQuery } from '@tanstack/react-query'

import { placelessQuery, reviewCountsQuery } from '../api/queries.ts'

/** How many wait behind an entry of the rail, by its address. */
export function useCounts(): Readonly<Record<string, number>> {
  const { data: review } = useQuery(reviewCountsQuery)
  const { data: unplaced = 0 } = useQuery(placelessQuery)
  return {
    '/review': review ? review.visits + review.pin_changes : 0,
    '/addresses': unplaced,
  }
}
