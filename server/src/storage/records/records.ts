import { sql } from 'kysely'

import type { Clock } from '../../domain/clock.ts'
import type { RecordQueries, RecordReads, RecordWrites } from '../../domain/records.ts'
import { inList } from '../bind.ts'
import { nextId, passIds } from '../counters.ts'
import type { Database, Reader, SqlTransaction } from '../database.ts'
import { noteChanges } from '../record-changes.ts'
import { indexRecords, unindex } from '../search/rows.ts'
import { noteSightChanges } from '../sight-changes.ts'
import { noteFormerKeys } from '../walks/former-keys.ts'
import { planGeocoding } from './geocoding.ts'
import { listRecords, matchRecords, walkRecords } from './list.ts'
import {
  findDeletedRecords,
  findDeletion,
  findKnown,
  findRecords,
  findSites,
  findSitesOf,
  findVisited,
  listReferences,
} from './queries.ts'
import { kindNumber, type RecordTable, toRow } from './rows.ts'

/** Leads or contacts, which are stored alike. */
export const recordReads = (database: Database, table: RecordTable): RecordReads => ({
  list: (account, filter, page) => listRecords(database, account, table, filter, page),
  walk: (account, filter, afterId, limit) =>
    walkRecords(database.aside, account, table, filter, afterId, limit),
  findSites: (account, ids) => findSitesOf(database, account, table, ids),
  findKnown: (account, ids) => findKnown(database, account, table, ids),
  listReferences: (account, afterId, limit) =>
    listReferences(database, account, table, afterId, limit),
})

export const recordQueries = (
  reader: Reader,
  account: number,
  table: RecordTable,
): RecordQueries => ({
  find: (ids) => findRecords(reader, account, table, ids),
  findVisited: (id) => findVisited(reader, account, table, id),
  findDeleted: (ids) => findDeletedRecords(reader, account, table, ids),
  findDeletion: (id) => findDeletion(reader, account, table, id),
  match: (filter, limit) => matchRecords(reader, account, table, filter, limit),
  findSites: (id) => findSites(reader, account, table, id),
})

export function recordWrites(
  tx: SqlTransaction,
  account: number,
  table: RecordTable,
  clock: Clock,
): RecordWrites {
  const { db } = tx
  const kind = kindNumber(table)
  const kindName = kindOf(table)
  const noteChanged = (ids: readonly number[]) => noteChanges(tx, account, kindName, ids)
  const counter = table === 'leads' ? 'next_lead_id' : 'next_contact_id'
  const removeFrom = (rows: 'record_sites' | 'geocoding_jobs', id: number) =>
    db
      .deleteFrom(rows)
      .where('account_id', '=', account)
      .where('resource_kind', '=', kind)
      .where('resource_id', '=', id)
      .execute()
  return {
    ...recordQueries(tx, account, table),
    async saveSites(id, sites) {
      await removeFrom('record_sites', id)
      const rows = sites.map((site, number) => ({
        account_id: account,
        resource_kind: kind,
        resource_id: id,
        number,
        name: site.name,
        latitude: site.latitude,
        longitude: site.longitude,
        location_precision: site.precision,
        placed_by: site.placedBy ?? null,
      }))
      const key = ['account_id', 'resource_kind', 'resource_id', 'number'] as const
      await tx.saveRows('record_sites', key, rows)
    },
    nextId: () => nextId(db, account, counter),
    async save(records) {
      const rows = records.map((record) => toRow(account, table, record, clock()))
      await noteFormerKeys(tx, account, table, rows)
      await tx.saveRows(table, ['account_id', 'id'], rows)
      await passIds(db, account, counter, records)
      const ids = records.map(({ id }) => id)
      await followOwners(tx, account, table, ids, clock())
      await noteChanged(ids)
      await planGeocoding(tx, account, kind, records)
      await indexRecords(tx, account, kindName, records)
    },
    async remove(id, { by, at }) {
      await removeFrom('record_sites', id)
      await removeFrom('geocoding_jobs', id)
      await db.deleteFrom(table).where('account_id', '=', account).where('id', '=', id).execute()
      await followOwners(tx, account, table, [id], clock())
      await unindex(tx, account, kindName, [id])
      await noteChanged([id])
      const deletion = { deleted_by: by, deleted_at: at }
      const row = { account_id: account, resource_kind: kind, id, ...deletion }
      await tx.saveRows('deleted_records', ['account_id', 'resource_kind', 'id'], [row])
    },
    async restore(id) {
      await db
        .deleteFrom('deleted_records')
        .where('account_id', '=', account)
        .where('resource_kind', '=', kind)
        .where('id', '=', id)
        .execute()
    },
  }
}

const kindOf = (table: RecordTable): 'lead' | 'contact' => (table === 'leads' ? 'lead' : 'contact')

/** Gives the visits to these records the records' owners; null where a record is deleted. */
async function followOwners(
  tx: SqlTransaction,
  account: number,
  table: RecordTable,
  ids: readonly number[],
  now: number,
): Promise<void> {
  const { db, dialect } = tx
  const owner = sql`(select r.owner_id from ${sql.table(table)} r
    where r.account_id = visits.account_id and r.id = visits.resource_id)`
  const moved = sql`account_id = ${account} and resource_kind = ${kindNumber(table)}
    and ${inList(dialect, 'resource_id', ids)} and owner_id is distinct from ${owner}`
  const { rows } = await sql<{ resource_id: number; owner_id: number | null }>`
    select distinct resource_id, owner_id from visits where ${moved}`.execute(db)
  if (rows.length === 0) return
  const kind = kindOf(table)
  const changes = rows.map((row) => ({ kind, id: row.resource_id, formerId: row.owner_id }))
  await noteSightChanges(tx, account, changes, now)
  await sql`update visits set owner_id = ${owner} where ${moved}`.execute(db)
}
