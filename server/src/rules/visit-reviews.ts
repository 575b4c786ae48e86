import type { Viewer } from '../domain/actor.ts'
import type { AuditUser } from '../domain/audit.ts'
import { DomainError } from '../domain/errors.ts'
import type { Transaction } from '../domain/store.ts'
import { type ReviewAction, stateAfter, type VisitReview } from '../domain/visit-reviews.ts'
import { findChangeable } from './visits.ts'

/** Reviews of one visit; each is kept. */
const reviewsMax = 1_000

/**
 * Reviews a visit, whose verdict and updates stay. Repeating the last review changes nothing. `now`:
 * in ms. Throws as `findChangeable` does, `forbidden` for a decision on one's own visit or a question
 * about another's, and `conflict` once the visit has 1,000 reviews.
 */
export async function reviewVisit(
  tx: Transaction,
  actor: Viewer & AuditUser,
  id: number,
  given: { readonly action: ReviewAction; readonly note: string | null },
  now: number,
): Promise<VisitReview> {
  const visit = await findChangeable(tx, actor, id)
  const isOwn = visit.creatorId === actor.userId
  if (isOwn && given.action !== 'asked') {
    throw new DomainError(
      'forbidden',
      'You cannot review your own visit. Send the state asked to have it reviewed.',
    )
  }
  if (!isOwn && given.action === 'asked') {
    throw new DomainError(
      'forbidden',
      `Only the user who logged visit ${id} asks for a review. Send kept or dismissed.`,
    )
  }
  const last = await tx.visitReviews.findLast(id)
  const isRepeated =
    last?.action === given.action && last.note === given.note && last.by === actor.userId
  const isStanding = visit.review === stateAfter(given.action)
  if (isRepeated && isStanding) return last
  const number = (last?.number ?? 0) + 1
  if (number > reviewsMax) {
    throw new DomainError(
      'conflict',
      `Visit ${id} has ${reviewsMax} reviews, which is the most. Its last one stands.`,
    )
  }
  const { sequence } = visit
  const review = { visitId: id, number, ...given, by: actor.userId, at: now, sequence }
  await tx.visitReviews.add(review)
  const details = { state: stateAfter(given.action), creator_id: visit.creatorId }
  await tx.audit.add(actor, 'visit_reviewed', { kind: 'visit', id }, details)
  return review
}
