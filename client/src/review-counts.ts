import type { getReviewCounts } from '@doorstep/contract/review-counts'

import type { AnswerOf } from './answers.ts'
import type { CallOptions, Connection } from './connection.ts'
import { get } from './request.ts'

export type ReviewCountsItem = AnswerOf<typeof getReviewCounts>

export interface ReviewCounts {
  /** What waits for the review of the token's user; scope `read`. Throws a DoorstepError. */
  get(options?: CallOptions): Promise<ReviewCountsItem>
}

const path: typeof getReviewCounts.path = '/v2/review_counts'

export const reviewCounts = (connection: Connection): ReviewCounts => ({
  get: (options) => get(connection, path, {}, options),
})
