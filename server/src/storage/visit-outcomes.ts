import type { Selectable } from 'kysely'

import type {
  VisitOutcome,
  VisitOutcomeQueries,
  VisitOutcomeReads,
  VisitOutcomeWrites,
} from '../domain/visit-outcomes.ts'
import { inList } from './bind.ts'
import { nextId, passIds } from './counters.ts'
import type { Database, Reader, SqlTransaction } from './database.ts'
import { readPage } from './page.ts'
import type { VisitOutcomesTable } from './visits/schema.ts'

const outcomesOf = ({ db }: Reader, account: number) =>
  db.selectFrom('visit_outcomes').selectAll().where('account_id', '=', account)

type Waiting = 'refresh_after_visit_id' | 'merge_after_visit_id'

/** The first outcome whose visits still have to be changed. */
const firstWaiting = (reader: Reader, account: number, column: Waiting) =>
  outcomesOf(reader, account)
    .where(column, 'is not', null)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()

export const outcomeReads = (database: Database): VisitOutcomeReads => ({
  list(account, ids, page) {
    const query = outcomesOf(database, account)
    const chosen = ids ? query.where(inList(database.dialect, 'id', ids)) : query
    return readPage(chosen, page, toOutcome)
  },
  hasRenamed: async (account) =>
    (await firstWaiting(database, account, 'refresh_after_visit_id')) !== undefined,
  hasMerging: async (account) =>
    (await firstWaiting(database, account, 'merge_after_visit_id')) !== undefined,
})

export const outcomeQueries = (reader: Reader, account: number): VisitOutcomeQueries => ({
  async find(ids) {
    const rows = await outcomesOf(reader, account)
      .where(inList(reader.dialect, 'id', ids))
      .execute()
    return new Map(rows.map((row) => [row.id, toOutcome(row)]))
  },
  async all() {
    const rows = await outcomesOf(reader, account).orderBy('position').orderBy('id').execute()
    return rows.map(toOutcome)
  },
  async isMerging(id) {
    const row = await outcomesOf(reader, account)
      .where('id', '=', id)
      .where('merge_after_visit_id', 'is not', null)
      .executeTakeFirst()
    return row !== undefined
  },
})

export function outcomeWrites(tx: SqlTransaction, account: number): VisitOutcomeWrites {
  const { db, dialect } = tx
  const queries = outcomeQueries(tx, account)
  /** Most check-ins name one of a few outcomes. */
  const cached = new Map<number, VisitOutcome>()
  const setWaiting = async (id: number, column: Waiting, afterVisitId: number | undefined) => {
    await db
      .updateTable('visit_outcomes')
      .set({ [column]: afterVisitId ?? null })
      .where('account_id', '=', account)
      .where('id', '=', id)
      .execute()
  }
  return {
    ...queries,
    async find(ids) {
      if (ids.some((id) => !cached.has(id))) {
        for (const [id, outcome] of await queries.find(ids)) cached.set(id, outcome)
      }
      return new Map(
        ids.flatMap((id) => {
          const outcome = cached.get(id)
          return outcome ? [[id, outcome]] : []
        }),
      )
    },
    nextId: () => nextId(db, account, 'next_outcome_id'),
    async remove(ids) {
      cached.clear()
      await db
        .deleteFrom('visit_outcomes')
        .where('account_id', '=', account)
        .where(inList(dialect, 'id', ids))
        .execute()
    },
    async save(outcomes, renamed) {
      cached.clear()
      const rows = outcomes.map((outcome) => toRow(account, outcome))
      await tx.saveRows('visit_outcomes', ['account_id', 'id'], rows)
      await passIds(db, account, 'next_outcome_id', outcomes)
      if (renamed.size === 0) return
      await db
        .updateTable('visit_outcomes')
        .set({ refresh_after_visit_id: 0 })
        .where('account_id', '=', account)
        .where(inList(dialect, 'id', [...renamed]))
        .execute()
    },
    async findRenamed() {
      const row = await firstWaiting(tx, account, 'refresh_after_visit_id')
      return row && { outcome: toOutcome(row), afterVisitId: row.refresh_after_visit_id ?? 0 }
    },
    setRefreshed: (id, afterVisitId) => setWaiting(id, 'refresh_after_visit_id', afterVisitId),
    async findMerging() {
      const row = await firstWaiting(tx, account, 'merge_after_visit_id')
      return row && { outcome: toOutcome(row), afterVisitId: row.merge_after_visit_id ?? 0 }
    },
    setMerging: (id, afterVisitId) => setWaiting(id, 'merge_after_visit_id', afterVisitId),
  }
}

function toOutcome(row: Selectable<VisitOutcomesTable>): VisitOutcome {
  return {
    id: row.id,
    name: row.name,
    hasOriginalName: row.has_original_name === 1,
    isDerived: row.is_derived === 1,
    isActive: row.active === 1,
    color: row.color,
    icon: row.icon,
    position: row.position,
    mergedIntoId: row.merged_into_id,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

const toRow = (account: number, outcome: VisitOutcome) => ({
  account_id: account,
  id: outcome.id,
  name: outcome.name,
  has_original_name: Number(outcome.hasOriginalName),
  is_derived: Number(outcome.isDerived),
  active: Number(outcome.isActive),
  color: outcome.color,
  icon: outcome.icon,
  position: outcome.position,
  merged_into_id: outcome.mergedIntoId,
  created_at: outcome.createdAt,
  updated_at: outcome.updatedAt,
})
