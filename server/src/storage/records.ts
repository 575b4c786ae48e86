import type { Selectable } from 'kysely'

import type { RecordPoint, SalesRecord } from '../domain/records.ts'
import type { RecordWrites } from '../domain/store.ts'
import { among } from './among.ts'
import type { Transaction } from './database.ts'
import { resourceKinds, word, type RecordsTable } from './schema.ts'

const precisions: readonly RecordPoint['precision'][] = [
  'pin',
  'rooftop',
  'interpolated',
  'street',
  'postcode',
  'city',
]

/** Leads or contacts, which are kept alike. */
export function recordWrites(
  tx: Transaction,
  account: number,
  table: 'leads' | 'contacts',
): RecordWrites {
  const { db, dialect } = tx
  const kind = resourceKinds.indexOf(table === 'leads' ? 'lead' : 'contact')
  return {
    async find(ids) {
      const rows = await db
        .selectFrom(table)
        .selectAll()
        .where('account_id', '=', account)
        .where(among(dialect, 'id', ids))
        .execute()
      return new Map(rows.map((row) => [row.id, toRecord(row)]))
    },
    async findPoints(id) {
      const row = await db
        .selectFrom(table)
        .select(['latitude', 'longitude', 'location_precision'])
        .where('account_id', '=', account)
        .where('id', '=', id)
        .executeTakeFirst()
      const sites = await db
        .selectFrom('record_sites')
        .select(['latitude', 'longitude', 'location_precision'])
        .where('account_id', '=', account)
        .where('resource_kind', '=', kind)
        .where('resource_id', '=', id)
        .orderBy('number')
        .execute()
      return [row, ...sites].flatMap((place) => (place && toPoint(place)) ?? [])
    },
    async save(records) {
      const rows = records.map((record) => ({
        account_id: account,
        id: record.id,
        owner_id: record.ownerId,
        attributes: record.attributes,
        latitude: record.point?.latitude ?? null,
        longitude: record.point?.longitude ?? null,
        location_precision: record.point?.precision ?? null,
        verification_radius_m: record.verificationRadiusM,
        created_at: record.createdAt,
        updated_at: record.updatedAt,
      }))
      await tx.saveRows(table, ['account_id', 'id'], rows)
      for (const { id, ownerId } of records) {
        await db
          .updateTable('visits')
          .set({ owner_id: ownerId })
          .where('account_id', '=', account)
          .where('resource_kind', '=', kind)
          .where('resource_id', '=', id)
          .where('owner_id', 'is distinct from', ownerId)
          .execute()
      }
    },
  }
}

function toRecord(row: Selectable<RecordsTable>): SalesRecord {
  return {
    id: row.id,
    ownerId: row.owner_id,
    attributes: row.attributes,
    point: toPoint(row),
    verificationRadiusM: row.verification_radius_m,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

function toPoint(
  row: Pick<Selectable<RecordsTable>, 'latitude' | 'longitude' | 'location_precision'>,
): RecordPoint | null {
  const { latitude, longitude } = row
  if (latitude === null || longitude === null) return null
  const at = precisions.findIndex((precision) => precision === row.location_precision)
  return { latitude, longitude, precision: word(precisions, at) }
}
