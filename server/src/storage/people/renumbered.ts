import { sql } from 'kysely'

import { renumberEntries } from '../audit/renumber-entries.ts'
import { inList } from '../bind.ts'
import type { SqlTransaction } from '../database.ts'
import { type ChangeKind, noteChanges } from '../record-changes.ts'
import type { Schema } from '../schema.ts'
import { unindex } from '../search/rows.ts'
import { renumberInSight } from '../sight-changes.ts'
import { emptiedColumns, endingColumns, stayingColumns } from './user-columns.ts'

/** Columns that name a user, apart from those of visits and of the creators of records. */
const references = [...endingColumns, ...emptiedColumns, ...stayingColumns]

/** Those of them that sums in memory are made from. */
const noted: readonly (readonly [kind: ChangeKind, table: keyof Schema, column: string])[] = [
  ['user', 'users', 'reports_to'],
  ['lead', 'leads', 'owner_id'],
  ['contact', 'contacts', 'owner_id'],
]

/** Gives a user another id, in the user's row and in what names the user, and notes the former one. */
export async function changeId(
  tx: SqlTransaction,
  account: number,
  from: number,
  to: number,
  now: number,
): Promise<void> {
  await sql`update users set id = ${to}, former_id = ${from}
    where account_id = ${account} and id = ${from}`.execute(tx.db)
  await unindex(tx, account, 'user', [from])
  await noteChanges(tx, account, 'user', [from, to])
  // NOTE: this walks all keys of the account, once for each user of an import.
  await setColumn(tx, account, 'idempotency_keys', 'user_id', from, to)
  await changeReferences(tx, account, from, to, now)
}

/** Gives columns that name the user `from` the id `to`, in rows that other rules do not save. */
export async function changeReferences(
  tx: SqlTransaction,
  account: number,
  from: number,
  to: number,
  now: number,
): Promise<void> {
  for (const table of ['leads', 'contacts'] as const) {
    await tx.db
      .updateTable(table)
      .set({ changed_at: now })
      .where('account_id', '=', account)
      .where('owner_id', '=', from)
      .execute()
  }
  for (const [kind, table, column] of noted) {
    const { rows } = await sql<{ id: number }>`select id from ${sql.table(table)}
      where account_id = ${account} and ${sql.ref(column)} = ${from}`.execute(tx.db)
    const ids = rows.map(({ id }) => id)
    await noteChanges(tx, account, kind, ids)
  }
  await renumberInSight(tx, account, from, to)
  await renumberEntries(tx, account, from, to)
  for (const { table, column } of references) {
    await setColumn(tx, account, table, column, from, to)
  }
  const visits = tx.db
    .updateTable('visits')
    .set({ owner_id: to })
    .where('account_id', '=', account)
    .where('owner_id', '=', from)
  // NOTE: two statements, because each has an index.
  await visits.whereRef('owner_id', '<>', 'creator_id').execute()
  await visits.where('creator_id', '=', from).execute()
}

const setColumn = (
  { db }: SqlTransaction,
  account: number,
  table: keyof Schema,
  column: string,
  from: number,
  to: number,
) =>
  sql`update ${sql.table(table)} set ${sql.ref(column)} = ${to}
    where account_id = ${account} and ${sql.ref(column)} = ${from}`.execute(db)

const named: readonly (readonly [table: keyof Schema, column: string])[] = [
  ['visits', 'creator_id'],
  ['leads', 'owner_id'],
  ['leads', 'creator_id'],
  ['contacts', 'owner_id'],
  ['contacts', 'creator_id'],
  ['pin_changes', 'creator_id'],
]

/** The former ids of these users, by their present one, that something still names. */
export async function findFormerIds(
  { db, dialect }: SqlTransaction,
  account: number,
  ids: readonly number[],
): Promise<Map<number, number>> {
  const users = await db
    .selectFrom('users')
    .select(['id', 'former_id'])
    .where('account_id', '=', account)
    .where('former_id', 'is not', null)
    // NOTE: whatever the row says, nobody takes over what another user has.
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('users as other')
            .select('other.id')
            .where('other.account_id', '=', account)
            .whereRef('other.id', '=', 'users.former_id'),
        ),
      ),
    )
    .where(inList(dialect, 'id', ids))
    .execute()
  if (users.length === 0) return new Map()
  const formerIds = users.map((user) => user.former_id ?? 0)
  const found = new Set<number>()
  for (const [table, column] of named) {
    const { rows } = await sql<{ id: number }>`
      select distinct ${sql.ref(column)} as id from ${sql.table(table)}
      where account_id = ${account} and ${inList(dialect, column, formerIds)}`.execute(db)
    for (const { id } of rows) found.add(id)
  }
  return new Map(
    users.flatMap(({ id, former_id: from }) =>
      from !== null && found.has(from) ? [[id, from]] : [],
    ),
  )
}
