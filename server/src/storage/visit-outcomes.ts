import type { Selectable } from 'kysely'

import type { Store, Transaction } from '../domain/store.ts'
import type { VisitOutcome } from '../domain/visit-outcomes.ts'
import { nextId, passIds } from './counters.ts'
import type { Database, SqlTransaction } from './database.ts'
import { inList } from './in-list.ts'
import type { VisitOutcomesTable } from './schema.ts'

export function outcomeReads({ reader, dialect }: Database): Store['outcomes'] {
  return {
    async list(account, ids, { offset, limit, sort }) {
      let query = reader.selectFrom('visit_outcomes').selectAll().where('account_id', '=', account)
      if (ids) query = query.where(inList(dialect, 'id', ids))
      const rows = await query
        .orderBy('id', sort.descending ? 'desc' : 'asc')
        .limit(limit + 1)
        .offset(offset)
        .execute()
      return { rows: rows.slice(0, limit).map(toOutcome), hasMore: rows.length > limit }
    },
    async hasRenamed(account) {
      const row = await reader
        .selectFrom('visit_outcomes')
        .select('id')
        .where('account_id', '=', account)
        .where('refresh_after_visit_id', 'is not', null)
        .limit(1)
        .executeTakeFirst()
      return row !== undefined
    },
    async hasMerging(account) {
      const row = await reader
        .selectFrom('visit_outcomes')
        .select('id')
        .where('account_id', '=', account)
        .where('merge_after_visit_id', 'is not', null)
        .limit(1)
        .executeTakeFirst()
      return row !== undefined
    },
  }
}

export function outcomeWrites(tx: SqlTransaction, account: number): Transaction['outcomes'] {
  const { db, dialect } = tx
  const mine = () => db.selectFrom('visit_outcomes').selectAll().where('account_id', '=', account)
  /** Most check-ins name one of a few. */
  const known = new Map<number, VisitOutcome>()
  return {
    async all() {
      const rows = await mine().orderBy('position').orderBy('id').execute()
      return rows.map(toOutcome)
    },
    nextId: () => nextId(db, account, 'next_outcome_id'),
    async remove(ids) {
      known.clear()
      await db
        .deleteFrom('visit_outcomes')
        .where('account_id', '=', account)
        .where(inList(dialect, 'id', ids))
        .execute()
    },
    async find(ids) {
      if (ids.some((id) => !known.has(id))) {
        const rows = await mine()
          .where(inList(dialect, 'id', ids))
          .execute()
        for (const row of rows) known.set(row.id, toOutcome(row))
      }
      return new Map(
        ids.flatMap((id) => {
          const outcome = known.get(id)
          return outcome ? [[id, outcome]] : []
        }),
      )
    },
    async save(outcomes, renamed) {
      known.clear()
      const rows = outcomes.map((outcome) => ({
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
      }))
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
      const row = await db
        .selectFrom('visit_outcomes')
        .selectAll()
        .where('account_id', '=', account)
        .where('refresh_after_visit_id', 'is not', null)
        .orderBy('id')
        .limit(1)
        .executeTakeFirst()
      return row && { outcome: toOutcome(row), afterVisitId: row.refresh_after_visit_id ?? 0 }
    },
    async setRefreshed(id, afterVisitId) {
      await db
        .updateTable('visit_outcomes')
        .set({ refresh_after_visit_id: afterVisitId ?? null })
        .where('account_id', '=', account)
        .where('id', '=', id)
        .execute()
    },
    async findMerging() {
      const row = await mine()
        .where('merge_after_visit_id', 'is not', null)
        .orderBy('id')
        .limit(1)
        .executeTakeFirst()
      return row && { outcome: toOutcome(row), afterVisitId: row.merge_after_visit_id ?? 0 }
    },
    async isMerging(id) {
      const row = await mine()
        .where('id', '=', id)
        .where('merge_after_visit_id', 'is not', null)
        .executeTakeFirst()
      return row !== undefined
    },
    async setMerging(id, afterVisitId) {
      await db
        .updateTable('visit_outcomes')
        .set({ merge_after_visit_id: afterVisitId ?? null })
        .where('account_id', '=', account)
        .where('id', '=', id)
        .execute()
    },
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
