import { reviewFlags } from '@doorstep/contract/findings'

import { oneOf, parseVisitFilters, type Typed, type VisitFilters } from '../search.ts'

/** Why a visit waits for a review; without one, all of them. Pins that reps propose wait beside them. */
export const reviewKinds = ['too_far', 'borderline', 'flagged'] as const
export type ReviewKind = (typeof reviewKinds)[number]

export interface ReviewSearch extends VisitFilters {
  readonly kind?: ReviewKind | 'pins' | undefined
}

/** Filters that every kind decides, or one of them. */
export type DecidedFilter = 'review' | 'status' | 'reason'

export function decidedBy(kind: ReviewSearch['kind']): readonly DecidedFilter[] {
  if (kind === 'too_far') return ['review', 'status']
  return kind === 'borderline' ? ['review', 'reason'] : ['review']
}

export function parseReviewSearch(typed: Typed): ReviewSearch {
  const kind = oneOf([...reviewKinds, 'pins'] as const, typed.kind)
  const filters: ReviewSearch = { ...parseVisitFilters(typed), ...(kind && { kind }) }
  for (const name of decidedBy(kind)) Reflect.deleteProperty(filters, name)
  return filters
}

/** The filters of the visits that wait, with those of a kind among those that are chosen. */
export function filtersOf({ kind, ...chosen }: ReviewSearch): VisitFilters {
  const waiting = { ...chosen, review: 'open' } as const
  if (kind === 'too_far') return { ...waiting, status: ['resource_location_too_far'] }
  if (kind === 'borderline') return { ...waiting, reason: ['borderline'] }
  return kind === 'flagged' ? { ...waiting, flag: chosen.flag ?? reviewFlags } : waiting
}
