import type { Selectable } from 'kysely'

import type { SellSnapshot } from '../../domain/imports.ts'
import type { Store, Transaction } from '../../domain/store.ts'
import type { Database, SqlTransaction } from '../database.ts'
import { inList } from '../in-list.ts'
import { resourceKinds, type SellVisitsTable, statuses, word } from '../schema.ts'

/** In `sell_visits.gone`: not told by the source, but missed by a comparison. */
const missed = 2

export function toldReads({ reader }: Database): Pick<Store['imports'], 'listTold'> {
  return {
    async listTold(account, afterId, limit) {
      const rows = await reader
        .selectFrom('sell_visits')
        .selectAll()
        .where('account_id', '=', account)
        .where('id', '>', afterId)
        .orderBy('id')
        .limit(limit)
        .execute()
      return rows.map(toTold)
    },
  }
}

export function toldWrites(
  { db, dialect, saveRows }: SqlTransaction,
  account: number,
): Pick<Transaction['imports'], 'findTold' | 'saveTold'> {
  return {
    async findTold(ids) {
      const rows = await db
        .selectFrom('sell_visits')
        .selectAll()
        .where('account_id', '=', account)
        .where(inList(dialect, 'id', ids))
        .execute()
      return new Map(rows.map((row) => [row.id, toTold(row)]))
    },
    async saveTold(told) {
      const rows = told.map((visit) => ({
        account_id: account,
        id: visit.id,
        creator_id: visit.creatorId,
        outcome_id: visit.outcomeId,
        status: statuses.indexOf(visit.status),
        resource_kind: resourceKinds.indexOf(visit.resourceKind),
        resource_id: visit.resourceId,
        visited_at: visit.visitedAt,
        summary_digest: visit.summaryDigest,
        updated_at: visit.updatedAt,
        sequence: visit.sequence,
        event_at: visit.eventAt,
        gone: visit.isMissed ? missed : Number(visit.isGone),
        comparison: visit.comparison,
      }))
      await saveRows('sell_visits', ['account_id', 'id'], rows)
    },
  }
}

const toTold = (row: Selectable<SellVisitsTable>): SellSnapshot => ({
  id: row.id,
  creatorId: row.creator_id,
  outcomeId: row.outcome_id,
  status: word(statuses, row.status),
  resourceKind: word(resourceKinds, row.resource_kind),
  resourceId: row.resource_id,
  visitedAt: row.visited_at,
  summaryDigest: row.summary_digest,
  updatedAt: row.updated_at,
  sequence: row.sequence,
  eventAt: row.event_at,
  isGone: row.gone !== 0,
  isMissed: row.gone === missed,
  comparison: row.comparison,
})
