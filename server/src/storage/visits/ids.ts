import { userMoved } from '../../domain/errors.ts'
import type { NextVisitId } from '../../domain/visits.ts'
import { counterAfter, counterMax, noIdLeft } from '../counters.ts'
import type { SqlTransaction } from '../database.ts'

/**
 * The next id for a visit that is logged here. NOTE: every check-in runs this, so it is a prepared
 * statement and not as in counters.ts. Throws `unavailable` when no id is left.
 */
export async function nextVisitId(tx: SqlTransaction, account: number): Promise<number> {
  const [row] = await tx.query(
    `update accounts set next_visit_id = next_visit_id + 1
     where account_id = :account and next_visit_id < :max returning next_visit_id - 1 id`,
    { account, max: counterMax },
  )
  if (!row) throw noIdLeft()
  return Number(row['id'])
}

/** As `nextVisitId`, and in the same statement makes sure that the user is there. */
export async function nextVisitIdFor(
  tx: SqlTransaction,
  account: number,
  userId: number,
): Promise<NextVisitId> {
  const [row] = await tx.query(
    `update accounts set next_visit_id = next_visit_id + 1
     where account_id = :account and next_visit_id < :max returning next_visit_id - 1 id,
       (select shares_location from users where account_id = :account and id = :user) shares`,
    { account, max: counterMax, user: userId },
  )
  if (!row) throw noIdLeft()
  if (row['shares'] === null) throw userMoved()
  return { id: Number(row['id']), sharesLocation: Number(row['shares']) === 1 }
}

/** Keeps ids that came from elsewhere from being assigned here. */
export async function passVisitIds(
  tx: SqlTransaction,
  account: number,
  ids: readonly number[],
): Promise<void> {
  const highest = ids.reduce((most, id) => Math.max(most, id), 0)
  await tx.query(
    `update accounts set next_visit_id = :next
     where account_id = :account and next_visit_id < :next`,
    { account, next: counterAfter(highest) },
  )
}
