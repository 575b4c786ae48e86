import type { Kysely } from 'kysely'

import { DomainError } from '../domain/errors.ts'
import type { Schema } from './schema.ts'

/** No counter goes above the highest id (PROTOCOL 1.10), which is therefore never given here. */
export const counterMax = Number.MAX_SAFE_INTEGER

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
  | 'next_saved_view_id'
  | 'next_label_id'
  | 'next_audit_entry_id'

/** Throws `unavailable` when no id is left. */
export async function nextId(
  db: Kysely<Schema>,
  account: number,
  counter: Counter,
): Promise<number> {
  const row = await db
    .updateTable('accounts')
    .set((eb) => ({ [counter]: eb(counter, '+', 1) }))
    .where('account_id', '=', account)
    .where(counter, '<', counterMax)
    .returning(counter)
    .executeTakeFirst()
  if (!row) throw noIdLeft()
  return Number(Object.values(row)[0]) - 1
}

export const noIdLeft = (): DomainError =>
  new DomainError(
    'unavailable',
    'This account has no id left for new objects: one has the highest id that there is. ' +
      'Nothing was created. Ask your administrator to import into a new account.',
  )

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
    .set({ [counter]: counterAfter(highest) })
    .where('account_id', '=', account)
    .where(counter, '<=', highest)
    .execute()
}

/** What the counter stands at after this id. */
export const counterAfter = (id: number): number => Math.min(id + 1, counterMax)
