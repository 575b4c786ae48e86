import type { Selectable } from 'kysely'

import type { ImportReads, ImportWrites } from '../../domain/imports.ts'
import type { SellSnapshot } from '../../domain/sell-visits.ts'
import { inList } from '../bind.ts'
import type { Database, SqlTransaction } from '../database.ts'
import { resourceKinds, statuses, word } from '../schema.ts'
import type { SellVisitsTable } from './schema.ts'

/** In `sell_visits.gone`: Sell has not reported the deletion; a full pass did not find the visit. */
const missed = 2

export function sellSnapshotReads({ db }: Database): Pick<ImportReads, 'listSnapshots'> {
  return {
    async listSnapshots(account, afterId, limit) {
      const rows = await db
        .selectFrom('sell_visits')
        .selectAll()
        .where('account_id', '=', account)
        .where('id', '>', afterId)
        .orderBy('id')
        .limit(limit)
        .execute()
      return rows.map(toSnapshot)
    },
  }
}

export function sellSnapshotWrites(
  { db, dialect, saveRows }: SqlTransaction,
  account: number,
): Pick<ImportWrites, 'findSnapshots' | 'saveSnapshots'> {
  return {
    async findSnapshots(ids) {
      const rows = await db
        .selectFrom('sell_visits')
        .selectAll()
        .where('account_id', '=', account)
        .where(inList(dialect, 'id', ids))
        .execute()
      return new Map(rows.map((row) => [row.id, toSnapshot(row)]))
    },
    async saveSnapshots(snapshots) {
      const rows = snapshots.map((visit) => ({
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
        gone: visit.isMissed ? missed : Number(visit.isDeleted),
        comparison: visit.pass,
      }))
      await saveRows('sell_visits', ['account_id', 'id'], rows)
    },
  }
}

const toSnapshot = (row: Selectable<SellVisitsTable>): SellSnapshot => ({
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
  isDeleted: row.gone !== 0,
  isMissed: row.gone === missed,
  pass: row.comparison,
})
