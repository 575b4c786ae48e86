import type { AccountKey } from './accounts.ts'
import type { Viewer } from './actor.ts'

/** Visits that wait for a reviewer; one can be in several counts. */
export interface ReviewCounts {
  /** Each once. */
  readonly visits: number
  readonly tooFar: number
  readonly borderline: number
  readonly flagged: number
}

/** Counts of reviews. Each answer is of one moment, at least as new as the call. */
export interface ReviewCountReads {
  /** Open reviews that the viewer may decide: of others, and for users who are not admins of those below. */
  reviewCounts(account: AccountKey, viewer: Viewer): Promise<ReviewCounts>
}
