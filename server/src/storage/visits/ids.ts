import type { SqlTransaction } from '../database.ts'

/**
 * The next id for a visit that is logged here. NOTE: every check-in runs this, so it is a prepared
 * statement and not as in counters.ts.
 */
export async function nextVisitId(tx: SqlTransaction, account: number): Promise<number> {
  const [row] = await tx.query(
    `update accounts set next_visit_id = next_visit_id + 1
     where account_id = :account returning next_visit_id - 1 id`,
    { account },
  )
  if (!row) throw new Error(`there is no account ${account}`)
  return Number(row['id'])
}

/** Keeps ids that came from elsewhere from being assigned here. */
export async function passVisitIds(
  tx: SqlTransaction,
  account: number,
  ids: readonly number[],
): Promise<void> {
  const highest = ids.reduce((most, id) => Math.max(most, id), 0)
  await tx.query(
    `update accounts set next_visit_id = :highest + 1
     where account_id = :account and next_visit_id <= :highest`,
    { account, highest },
  )
}
