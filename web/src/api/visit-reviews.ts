import type { Visit } from '@doorstep/contract/visits'

import { type HeldStore, newHeld } from '../parts/held.ts'

/** The reviews of visits that were decided a moment ago, by the visit's id. */
export const heldReviews: HeldStore<number, Visit['review']> = newHeld()

/** A visit as it was read, with what was decided here since. */
export function asHeld(visit: Visit): Visit {
  const review = heldReviews.get().get(visit.id)
  return review ? { ...visit, review } : visit
}
