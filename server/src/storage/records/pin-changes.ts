import type { Selectable } from 'kysely'

import type { PinChange, PinChangeStatus } from '../../domain/pin-changes.ts'
import type { Store, Transaction } from '../../domain/store.ts'
import { nextId } from '../counters.ts'
import type { Database, SqlTransaction } from '../database.ts'
import { inList } from '../in-list.ts'
import { type PinChangesTable, resourceKinds, word } from '../schema.ts'

export function pinChangeReads({ reader, dialect }: Database): Store['pinChanges'] {
  return {
    async list(account, { status, creators }, { offset, limit, sort }) {
      let query = reader.selectFrom('pin_changes').selectAll().where('account_id', '=', account)
      if (status !== undefined) query = query.where('status', '=', status)
      if (creators) query = query.where(inList(dialect, 'creator_id', creators))
      const rows = await query
        .orderBy('id', sort.descending ? 'desc' : 'asc')
        .limit(limit + 1)
        .offset(offset)
        .execute()
      return { rows: rows.slice(0, limit).map(toPinChange), hasMore: rows.length > limit }
    },
  }
}

export function pinChangeWrites(tx: SqlTransaction, account: number): Transaction['pinChanges'] {
  return {
    nextId: () => nextId(tx.db, account, 'next_pin_change_id'),
    async find(id) {
      const row = await tx.db
        .selectFrom('pin_changes')
        .selectAll()
        .where('account_id', '=', account)
        .where('id', '=', id)
        .executeTakeFirst()
      return row && toPinChange(row)
    },
    async save(change) {
      const row = {
        account_id: account,
        id: change.id,
        creator_id: change.creatorId,
        resource_kind: resourceKinds.indexOf(change.resourceKind),
        resource_id: change.resourceId,
        latitude: change.latitude,
        longitude: change.longitude,
        note: change.note,
        status: change.status,
        decided_by: change.decidedBy,
        decided_at: change.decidedAt,
        created_at: change.createdAt,
      }
      await tx.saveRows('pin_changes', ['account_id', 'id'], [row])
    },
  }
}

const statuses: readonly PinChangeStatus[] = ['pending', 'approved', 'rejected']

const toPinChange = (row: Selectable<PinChangesTable>): PinChange => ({
  id: row.id,
  creatorId: row.creator_id,
  resourceKind: word(resourceKinds, row.resource_kind),
  resourceId: row.resource_id,
  latitude: row.latitude,
  longitude: row.longitude,
  note: row.note,
  status: word(
    statuses,
    statuses.findIndex((status) => status === row.status),
  ),
  decidedBy: row.decided_by,
  decidedAt: row.decided_at,
  createdAt: row.created_at,
})
