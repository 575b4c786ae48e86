import type { Viewer } from '../../domain/actor.ts'
import type { ReviewCounts } from '../../domain/review-counts.ts'
import { reasons, statuses } from '../schema.ts'
import type { AccountColumns } from './account-columns.ts'
import type { Fold } from './pass.ts'
import { numberOfWord } from './rows.ts'

const tooFarStatus = statuses.indexOf('resource_location_too_far')
const borderlineReason = numberOfWord(reasons, 'borderline')

/** Counts open reviews of others than the viewer. */
export function reviewCounts(
  { visits, users }: AccountColumns,
  { userId }: Viewer,
): Fold<ReviewCounts> {
  const viewer = users.of(userId)
  let [all, tooFar, borderline, flagged] = [0, 0, 0, 0]
  return {
    add(slot) {
      if (visits.creators[slot] === viewer) return
      all += 1
      if (visits.statuses[slot] === tooFarStatus) tooFar += 1
      if (visits.reasons[slot] === borderlineReason) borderline += 1
      if (visits.flags[slot] !== 0) flagged += 1
    },
    finish: () => ({ visits: all, tooFar, borderline, flagged }),
  }
}
