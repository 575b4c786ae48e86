import type { SqlTransaction } from '../database.ts'

/** Deletes the oldest entries from before `before` (ms), at most `limit`; answers how many. */
export async function dropEntries(
  { db }: SqlTransaction,
  account: number,
  before: number,
  limit: number,
): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('audit_entries')
    .where('account_id', '=', account)
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('audit_entries')
        .select('id')
        .where('account_id', '=', account)
        .where('at', '<', before)
        .orderBy('at')
        .limit(limit),
    )
    .executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}
