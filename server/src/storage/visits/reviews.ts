import {
  type ReviewAction,
  stateAfter,
  type VisitReviewWrites,
} from '../../domain/visit-reviews.ts'
import type { SqlTransaction } from '../database.ts'
import { noteChanges } from '../record-changes.ts'
import { reviewStates, word } from '../schema.ts'

const actions: readonly ReviewAction[] = ['asked', 'kept', 'dismissed']

export const visitReviewWrites = (tx: SqlTransaction, account: number): VisitReviewWrites => ({
  async findLast(visitId) {
    const row = await tx.db
      .selectFrom('visit_reviews')
      .selectAll()
      .where('account_id', '=', account)
      .where('visit_id', '=', visitId)
      .orderBy('number', 'desc')
      .limit(1)
      .executeTakeFirst()
    return (
      row && {
        visitId,
        number: row.number,
        action: word(
          actions,
          actions.findIndex((action) => action === row.verdict),
        ),
        note: row.note,
        by: row.user_id,
        at: row.at,
        sequence: row.sequence,
      }
    )
  },
  async add({ visitId, number, action, note, by, at, sequence }) {
    const row = {
      account_id: account,
      visit_id: visitId,
      number,
      verdict: action,
      note,
      at,
      sequence,
    }
    await tx.saveRows('visit_reviews', [], [{ ...row, user_id: by }])
    await tx.db
      .updateTable('visits')
      .set({ review: reviewStates.indexOf(stateAfter(action)) })
      .where('account_id', '=', account)
      .where('id', '=', visitId)
      .execute()
    await noteChanges(tx, account, 'visit', [visitId])
  },
})
