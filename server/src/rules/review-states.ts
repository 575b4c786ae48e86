import { findingOf, type ReviewState } from '../domain/findings.ts'
import type { Visit } from '../domain/visits.ts'

type Judged = Pick<Visit, 'status' | 'evidence'>

/** `open` for a finding that a person should look at: too far, at the edge, or with flags. */
export function reviewStateOf({ status, evidence }: Judged): ReviewState | null {
  const finding = findingOf(evidence)
  const isDoubtful =
    status === 'resource_location_too_far' ||
    finding?.reason === 'borderline' ||
    (finding?.flags.length ?? 0) > 0
  return isDoubtful ? 'open' : null
}

/**
 * The state of a visit whose finding is now another. What a person decided, or opened where the rules
 * would not, stands until the verdict is another.
 */
export function reviewStateAfter(before: Visit, after: Judged): ReviewState | null {
  const now = reviewStateOf(after)
  const isSameVerdict =
    before.status === after.status &&
    findingOf(before.evidence)?.reason === findingOf(after.evidence)?.reason
  if (!isSameVerdict || before.review === reviewStateOf(before)) return now
  return before.review ?? now
}
