import type { Selectable } from 'kysely'

import type {
  PinChange,
  PinChangeQueries,
  PinChangeReads,
  PinChangeStatus,
  PinChangeWrites,
} from '../../domain/pin-changes.ts'
import { inList } from '../bind.ts'
import { nextId } from '../counters.ts'
import type { Database, Reader, SqlTransaction } from '../database.ts'
import { readPage } from '../page.ts'
import { resourceKinds, word } from '../schema.ts'
import type { PinChangesTable } from './schema.ts'

const pinChangesOf = ({ db }: Reader, account: number) =>
  db.selectFrom('pin_changes').selectAll().where('account_id', '=', account)

export const pinChangeReads = (database: Database): PinChangeReads => ({
  list(account, { status, creators }, page) {
    let query = pinChangesOf(database, account)
    if (status !== undefined) query = query.where('status', '=', status)
    if (creators) query = query.where(inList(database.dialect, 'creator_id', creators))
    return readPage(query, page, toPinChange)
  },
  async countPending(account, creators) {
    let query = database.db
      .selectFrom('pin_changes')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('account_id', '=', account)
      .where('status', '=', 'pending')
    if (creators) query = query.where(inList(database.dialect, 'creator_id', creators))
    const { count } = await query.executeTakeFirstOrThrow()
    return Number(count)
  },
})

export const pinChangeQueries = (reader: Reader, account: number): PinChangeQueries => ({
  async find(id) {
    const row = await pinChangesOf(reader, account).where('id', '=', id).executeTakeFirst()
    return row && toPinChange(row)
  },
})

export function pinChangeWrites(tx: SqlTransaction, account: number): PinChangeWrites {
  return {
    ...pinChangeQueries(tx, account),
    nextId: () => nextId(tx.db, account, 'next_pin_change_id'),
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
