import type * as contract from '@doorstep/contract/review-counts'

import type { Handler } from './request/call.ts'
import { printItem } from './request/pages.ts'

export const getReviewCounts: Handler<typeof contract.getReviewCounts> = async (call) => {
  const { store, actor } = call
  const { accountKey, userId, isAdmin } = actor
  const team = isAdmin ? undefined : await store.users.findTeam(accountKey, userId)
  const below = team?.filter((id) => id !== userId)
  const [counts, pinChanges] = await Promise.all([
    store.visitSums.reviewCounts(accountKey, actor),
    store.pinChanges.countPending(accountKey, below),
  ])
  const answer: contract.ReviewCounts = {
    visits: counts.visits,
    too_far: counts.tooFar,
    borderline: counts.borderline,
    flagged: counts.flagged,
    pin_changes: pinChanges,
  }
  return printItem('review_counts', answer)
}
