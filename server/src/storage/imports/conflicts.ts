import type { Kysely, Selectable } from 'kysely'

import type { ConflictStatus, ImportConflict } from '../../domain/import-conflicts.ts'
import type { ImportReads, ImportWrites } from '../../domain/imports.ts'
import { inList } from '../bind.ts'
import { nextId } from '../counters.ts'
import type { Database, SqlTransaction } from '../database.ts'
import { readPage } from '../page.ts'
import { type Schema, word } from '../schema.ts'
import type { ImportConflictsTable } from './schema.ts'

const conflictsOf = (db: Kysely<Schema>, account: number) =>
  db.selectFrom('import_conflicts').selectAll().where('account_id', '=', account)

export const conflictReads = ({
  db,
}: Database): Pick<ImportReads, 'listConflicts' | 'countConflicts'> => ({
  listConflicts(account, status, page) {
    const query = conflictsOf(db, account)
    return readPage(
      status === undefined ? query : query.where('status', '=', status),
      page,
      toConflict,
    )
  },
  async countConflicts(account, status) {
    const { count } = await db
      .selectFrom('import_conflicts')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('account_id', '=', account)
      .where('status', '=', status)
      .executeTakeFirstOrThrow()
    return Number(count)
  },
})

export function conflictWrites(
  tx: SqlTransaction,
  account: number,
): Pick<
  ImportWrites,
  'findConflict' | 'findDisputed' | 'supersedeConflict' | 'addConflict' | 'saveConflict'
> {
  const { db, dialect } = tx
  return {
    async findConflict(id) {
      const row = await conflictsOf(db, account).where('id', '=', id).executeTakeFirst()
      return row && toConflict(row)
    },
    async findDisputed(visitIds) {
      const rows = await db
        .selectFrom('import_conflicts')
        .select('visit_id')
        .where('account_id', '=', account)
        .where('status', '=', 'open')
        .where(inList(dialect, 'visit_id', visitIds))
        .execute()
      return new Set(rows.map((row) => row.visit_id))
    },
    supersedeConflict: (visitId) => supersedeConflict(tx, account, visitId),
    async addConflict(conflict) {
      await supersedeConflict(tx, account, conflict.visitId)
      const id = await nextId(db, account, 'next_conflict_id')
      await saveConflict(tx, account, { ...conflict, id })
    },
    saveConflict: (conflict) => saveConflict(tx, account, conflict),
  }
}

async function supersedeConflict(
  { db }: SqlTransaction,
  account: number,
  visitId: number,
): Promise<void> {
  await db
    .updateTable('import_conflicts')
    .set({ status: 'superseded' })
    .where('account_id', '=', account)
    .where('visit_id', '=', visitId)
    .where('status', '=', 'open')
    .execute()
}

async function saveConflict(
  tx: SqlTransaction,
  account: number,
  conflict: ImportConflict,
): Promise<void> {
  const row = {
    account_id: account,
    id: conflict.id,
    visit_id: conflict.visitId,
    item: conflict.item,
    parsed: conflict.parsed,
    differs: JSON.stringify(conflict.differs),
    status: conflict.status,
    created_at: conflict.createdAt,
    resolved_at: conflict.resolvedAt,
    resolved_by: conflict.resolvedBy,
  }
  await tx.saveRows('import_conflicts', ['account_id', 'id'], [row])
}

const conflictStatuses: readonly ConflictStatus[] = [
  'open',
  'kept_ours',
  'took_theirs',
  'superseded',
]

const toConflict = (row: Selectable<ImportConflictsTable>): ImportConflict => ({
  id: row.id,
  visitId: row.visit_id,
  item: row.item,
  parsed: row.parsed,
  differs: JSON.parse(row.differs),
  status: word(
    conflictStatuses,
    conflictStatuses.findIndex((status) => status === row.status),
  ),
  createdAt: row.created_at,
  resolvedAt: row.resolved_at,
  resolvedBy: row.resolved_by,
})
