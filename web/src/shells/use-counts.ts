import { useQuery } from '@tanstack/react-query'

import { reviewCountsQuery } from '../api/queries.ts'

/** How many wait behind an entry of the rail, by its address. */
export function useCounts(): Readonly<Record<string, number>> {
  const { data: review } = useQuery(reviewCountsQuery)
  if (!review) return {}
  const { too_far: tooFar, borderline, flagged, pin_changes: pinChanges } = review
  return { '/review': tooFar + borderline + flagged + pinChanges }
}
