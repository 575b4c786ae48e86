import type { SqlTransaction } from '../database.ts'

/** Entries about a user whose id changes are about the new id. */
export async function renumberEntries(
  { db }: SqlTransaction,
  account: number,
  from: number,
  to: number,
): Promise<void> {
  await db
    .updateTable('audit_entries')
    .set({ subject_id: to })
    .where('account_id', '=', account)
    .where('subject_kind', '=', 'user')
    .where('subject_id', '=', from)
    .execute()
}
