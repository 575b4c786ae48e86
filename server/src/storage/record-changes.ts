import type { SqlTransaction } from './database.ts'

/** What else than an event of a visit can change sums; stored as positions in this list. */
export const changeKinds = ['lead', 'contact', 'user', 'visit'] as const
export type ChangeKind = (typeof changeKinds)[number]

/**
 * Notes that these rows have changed, so that sums that are kept in memory read them again. Of
 * visits, only what changes without an event needs it.
 */
export async function noteChanges(
  tx: SqlTransaction,
  account: number,
  kind: ChangeKind,
  ids: readonly number[],
): Promise<void> {
  if (ids.length === 0) return
  // NOTE: the number that this work ends with, since the writers of an account take turns.
  const [row] = await tx.query(
    'select revision + 1 revision from account_stream where account_id = :account',
    { account },
  )
  const revision = Number(row?.['revision'])
  const number = changeKinds.indexOf(kind)
  await tx.saveRows(
    'record_changes',
    ['account_id', 'kind', 'id'],
    ids.map((id) => ({ account_id: account, kind: number, id, revision })),
  )
}
