import type { Insertable } from 'kysely'

import type { WalkReads } from '../../domain/walks.ts'
import type { Database, SqlTransaction } from '../database.ts'
import { type FormerKeysTable, sortKeys } from '../schema.ts'

export type WalkedTable = 'visits' | 'leads' | 'contacts' | 'users'

/** A column that the table is sorted by, and its number in former_keys. */
interface SortColumn {
  readonly name: string
  readonly field: number
}

const columnsOf = (table: WalkedTable): SortColumn[] =>
  [...sortKeys.entries()].flatMap(([field, key]) => {
    const [of, name = ''] = key.split('.')
    return of === table ? [{ name, field }] : []
  })

const sortColumns: Readonly<Record<WalkedTable, readonly SortColumn[]>> = {
  visits: columnsOf('visits'),
  leads: columnsOf('leads'),
  contacts: columnsOf('contacts'),
  users: columnsOf('users'),
}

export const fieldOf = (table: WalkedTable, column: string): number | undefined =>
  sortColumns[table].find(({ name }) => name === column)?.field

/**
 * Notes the sort keys that rows are about to lose, for the walks that began before. Every statement
 * that gives stored rows other sort keys needs this first.
 */
export async function noteFormerKeys<Row extends { readonly id: number }>(
  tx: SqlTransaction,
  account: number,
  table: WalkedTable,
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return
  const columns = sortColumns[table]
  const { usingIndex, usingPrimaryKey } = tx.dialect
  const byId = table === 'visits' ? usingIndex('visits_id') : usingPrimaryKey(table)
  const stored = await tx.query(
    `select t.id, ${columns.map(({ name }) => `t.${name}`).join(', ')},
       s.revision + 1 as revision, ${tx.dialect.now} as now
     from account_stream s join ${table} t ${byId} on t.account_id = s.account_id
     where s.account_id = :account and ${tx.dialect.inJsonList('t.id', ':ids')}`,
    { account, ids: JSON.stringify(rows.map(({ id }) => id)) },
  )
  if (stored.length === 0) return
  const given = new Map(rows.map((row) => [row.id, new Map(Object.entries(row))]))
  const former = stored.flatMap((row) =>
    columns.flatMap(({ name, field }): Insertable<FormerKeysTable>[] => {
      const id = Number(row['id'])
      const value = row[name]
      if (value === given.get(id)?.get(name)) return []
      return [
        {
          account_id: account,
          field,
          id,
          revision: Number(row['revision']),
          former_number: typeof value === 'string' ? null : Number(value),
          former_text: typeof value === 'string' ? value : null,
          changed_at: Number(row['now']),
        },
      ]
    }),
  )
  const [first] = former
  if (first) await tx.saveRows('former_keys', [], await withoutNoted(tx, first, columns, former))
}

/** The first key counts of a row that changes several times in one revision. */
async function withoutNoted(
  tx: SqlTransaction,
  { account_id: account, revision }: Insertable<FormerKeysTable>,
  columns: readonly SortColumn[],
  former: readonly Insertable<FormerKeysTable>[],
): Promise<readonly Insertable<FormerKeysTable>[]> {
  const noted = await tx.query(
    `select field, id from former_keys ${tx.dialect.usingIndex('former_keys_revision')}
     where account_id = :account and ${tx.dialect.inJsonList('field', ':fields')}
       and revision = :revision and revision > 0`,
    { account, revision, fields: JSON.stringify(columns.map(({ field }) => field)) },
  )
  const known = new Set(noted.map(({ field, id }) => `${Number(field)}/${Number(id)}`))
  return former.filter(({ field, id }) => !known.has(`${field}/${id}`))
}

export const walkReads = (database: Database): WalkReads => ({
  dropFormerKeys: (account, ageMs, limit) =>
    database.write(account, (tx) => dropFormerKeys(tx, account, ageMs, limit)),
})

/** NOTE: by the clock of the database, which has dated them. */
async function dropFormerKeys(
  tx: SqlTransaction,
  account: number,
  ageMs: number,
  limit: number,
): Promise<number> {
  let dropped = 0
  for (const field of sortKeys.keys()) {
    const [row] = await tx.query(
      `select count(*) as count, max(revision) as revision from (
         select revision, changed_at from former_keys ${tx.dialect.usingIndex('former_keys_revision')}
         where account_id = :account and field = :field and revision > 0
         order by revision limit :limit) oldest
       where changed_at < ${tx.dialect.now} - :age`,
      { account, field, limit: limit - dropped, age: ageMs },
    )
    const revision = Number(row?.['revision'] ?? 0)
    if (revision === 0) continue
    await tx.query(
      `delete from former_keys ${tx.dialect.usingIndex('former_keys_revision')}
       where account_id = :account and field = :field and revision <= :revision and revision > 0`,
      { account, field, revision },
    )
    await tx.db
      .updateTable('account_stream')
      .set({ keys_dropped: revision })
      .where('account_id', '=', account)
      .where('keys_dropped', '<', revision)
      .execute()
    dropped += Number(row?.['count'])
    if (dropped >= limit) break
  }
  return dropped
}
