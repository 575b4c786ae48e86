import { useQuery } from '@tanstack/react-query'

import { useAddressCounts } from '../addresses/use-groups.ts'
import { useSight } from '../addresses/use-owners.ts'
import { reviewCountsQuery } from '../api/review-counts.ts'

/** How many wait behind an entry of the rail, by its address. */
export function useCounts(): Readonly<Record<string, number>> {
  const { data: review } = useQuery(reviewCountsQuery)
  const { counts } = useAddressCounts(useSight({}))
  return {
    '/review': review ? review.visits + review.pin_changes : 0,
    '/addresses': counts?.total ?? 0,
  }
}
