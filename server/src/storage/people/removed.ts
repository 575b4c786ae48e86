import { sql } from 'kysely'

import { inList } from '../bind.ts'
import type { SqlTransaction } from '../database.ts'
import type { Schema } from '../schema.ts'

type Columns = readonly (readonly [table: keyof Schema, column: string])[]

/** Rows that end with their user. */
const owned: Columns = [
  ['access_tokens', 'user_id'],
  ['sessions', 'user_id'],
  ['one_time_codes', 'user_id'],
  ['oauth_codes', 'user_id'],
  ['oauth_refresh_tokens', 'user_id'],
  ['oauth_grants', 'user_id'],
  ['idempotency_keys', 'user_id'],
  ['pin_changes', 'creator_id'],
  ['users', 'id'],
]

/** Columns that name a user, and may name none. */
const naming: Columns = [
  ['users', 'reports_to'],
  ['leads', 'placed_by'],
  ['leads', 'verification_radius_by'],
  ['contacts', 'placed_by'],
  ['contacts', 'verification_radius_by'],
  ['record_sites', 'placed_by'],
  ['pin_changes', 'decided_by'],
  ['import_conflicts', 'resolved_by'],
]

/** Deletes users and what is theirs alone. */
export async function removeUsers(
  { db, dialect }: SqlTransaction,
  account: number,
  ids: readonly number[],
): Promise<void> {
  for (const [table, column] of naming) {
    await sql`update ${sql.table(table)} set ${sql.ref(column)} = null
      where account_id = ${account} and ${inList(dialect, column, ids)}`.execute(db)
  }
  for (const [table, column] of owned) {
    await sql`delete from ${sql.table(table)}
      where account_id = ${account} and ${inList(dialect, column, ids)}`.execute(db)
  }
}
