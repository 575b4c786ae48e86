import type { ReviewState } from './findings.ts'

/** What a user did to a visit in review: its creator asks, others keep or dismiss it. */
export type ReviewAction = 'asked' | 'kept' | 'dismissed'

export interface VisitReview {
  readonly visitId: number
  /** Counts the reviews of the visit, from 1; the highest is how it stands. */
  readonly number: number
  readonly action: ReviewAction
  readonly note: string | null
  readonly by: number
  /** In ms. */
  readonly at: number
  /** Of the visit's newest event when it was reviewed. */
  readonly sequence: number
}

/** The state of a visit after a review. */
export const stateAfter = (action: ReviewAction): ReviewState =>
  action === 'asked' ? 'open' : action

/** Reviews, in a transaction. */
export interface VisitReviewWrites {
  findLast(visitId: number): Promise<VisitReview | undefined>
  /** Adds the review, and gives the visit the state after it. */
  add(review: VisitReview): Promise<void>
}
