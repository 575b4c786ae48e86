import { sql } from 'kysely'

import { inList } from '../bind.ts'
import type { SqlTransaction } from '../database.ts'
import { emptiedColumns, endingColumns } from './user-columns.ts'

/** The user's row is the last, since others refer to it. */
const ended = [
  ...endingColumns,
  { table: 'idempotency_keys', column: 'user_id' },
  { table: 'users', column: 'id' },
]

/** Deletes users and what is theirs alone. */
export async function removeUsers(
  { db, dialect }: SqlTransaction,
  account: number,
  ids: readonly number[],
): Promise<void> {
  for (const { table, column } of emptiedColumns) {
    await sql`update ${sql.table(table)} set ${sql.ref(column)} = null
      where account_id = ${account} and ${inList(dialect, column, ids)}`.execute(db)
  }
  for (const { table, column } of ended) {
    await sql`delete from ${sql.table(table)}
      where account_id = ${account} and ${inList(dialect, column, ids)}`.execute(db)
  }
}
