import type { Visit } from '@doorstep/contract/visits'

import { findingOf } from '../api/visits.ts'
import type { ReviewKind } from './review-search.ts'

/** Why this visit waits; the first reason that holds. */
export function kindOf(visit: Visit): ReviewKind {
  if (visit.rep_location_verification_status === 'resource_location_too_far') return 'too_far'
  return findingOf(visit)?.reason === 'borderline' ? 'borderline' : 'flagged'
}

const order = { too_far: 0, borderline: 1, flagged: 2 } as const

/** What still waits, by kind, the newest first in each. */
export const queueOf = (visits: readonly Visit[], kind: ReviewKind | undefined): readonly Visit[] =>
  visits
    .filter(({ review }) => review?.state === 'open')
    .toSorted((a, b) => (kind ? 0 : order[kindOf(a)] - order[kindOf(b)]))
