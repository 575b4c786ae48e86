import type { ReviewState } from './findings.ts'

/** What a person said about a visit: its creator asks, others keep or dismiss it. */
export type ReviewVerdict = 'asked' | 'kept' | 'dismissed'

export interface VisitReview {
  readonly visitId: number
  /** Counts the reviews of the visit, from 1; the highest is how it stands. */
  readonly number: number
  readonly verdict: ReviewVerdict
  readonly note: string | null
  readonly by: number
  /** In ms. */
  readonly at: number
  /** Of the visit's newest event when it was reviewed. */
  readonly sequence: number
}

/** The state of a visit after a review. */
export const stateAfter = (verdict: ReviewVerdict): ReviewState =>
  verdict === 'asked' ? 'open' : verdict

/** Reviews, in a transaction. */
export interface VisitReviewWrites {
  findLast(visitId: number): Promise<VisitReview | undefined>
  /** Adds the review, and gives the visit the state after it. */
  add(review: VisitReview): Promise<void>
}
