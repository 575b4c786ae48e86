import type * as contract from '@doorstep/contract/visit-reviews'

import { printSeconds } from '../../domain/clock.ts'
import { stateAfter, type VisitReview } from '../../domain/visit-reviews.ts'
import { reviewVisit } from '../../rules/visit-reviews.ts'
import type { Handler } from '../request/call.ts'
import { writeObject } from '../request/ids.ts'
import { printItem } from '../request/pages.ts'

export const updateVisitReview: Handler<typeof contract.updateVisitReview> = async (call) => {
  const { actor, body, clock } = call
  const given = { action: body.state, note: body.note ?? null }
  const review = await writeObject(call, 'visit', (tx, id) =>
    reviewVisit(tx, actor, id, given, clock()),
  )
  return printItem('visit_review', toAnswer(review))
}

const toAnswer = ({ visitId, action, note, by, at }: VisitReview): contract.VisitReview => ({
  visit_id: visitId,
  state: stateAfter(action),
  note,
  by,
  at: printSeconds(at),
})
