import { flags, oneOf, parseVisitFilters, type Typed, type VisitFilters } from '../search.ts'

/** Why a visit waits for a review; without one, all of them. Pins that reps propose wait beside them. */
export const reviewKinds = ['too_far', 'borderline', 'flagged'] as const
export type ReviewKind = (typeof reviewKinds)[number]

export interface ReviewSearch extends VisitFilters {
  readonly kind?: ReviewKind | 'pins' | undefined
}

export function parseReviewSearch(typed: Typed): ReviewSearch {
  const kind = oneOf([...reviewKinds, 'pins'] as const, typed.kind)
  return { ...parseVisitFilters(typed), ...(kind && { kind }) }
}

/** The filters of a kind. */
export const filtersOf = {
  too_far: { status: ['resource_location_too_far'] },
  borderline: { reason: ['borderline'] },
  flagged: { flag: flags },
} as const satisfies Readonly<Record<ReviewKind, VisitFilters>>
