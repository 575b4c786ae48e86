import type { Kysely } from 'kysely'

import type { Schema } from './schema.ts'

/** The account's counters, each the next id that is given here; that of visits is in visits/ids.ts. */
export type Counter =
  | 'next_user_id'
  | 'next_outcome_id'
  | 'next_lead_id'
  | 'next_contact_id'
  | 'next_pin_change_id'
  | 'next_oauth_client_id'
  | 'next_grant_id'
  | 'next_import_id'
  | 'next_conflict_id'

export async function nextId(
  db: Kysely<Schema>,
  account: number,
  counter: Counter,
): Promise<number> {
  const row = await db
    .updateTable('accounts')
    .set((eb) => ({ [counter]: eb(counter, '+', 1) }))
    .where('account_id', '=', account)
    .returning(counter)
    .executeTakeFirstOrThrow()
  return Number(Object.values(row)[0]) - 1
}

/** Moves the counter past ids that rows from elsewhere have. */
export async function passIds(
  db: Kysely<Schema>,
  account: number,
  counter: Counter,
  rows: readonly { readonly id: number }[],
): Promise<void> {
  const highest = rows.reduce((most, { id }) => Math.max(most, id), 0)
  await db
    .updateTable('accounts')
    .set({ [counter]: highest + 1 })
    .where('account_id', '=', account)
    .where(counter, '<=', highest)
    .execute()
}
