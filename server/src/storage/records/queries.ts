import { addressOf } from '../../domain/record-address.ts'
import type {
  RecordDeletion,
  RecordReferences,
  RecordSite,
  SalesRecord,
  VisitedRecord,
} from '../../domain/records.ts'
import { inList } from '../bind.ts'
import type { Reader } from '../database.ts'
import { numberOrNull, readPoint, readSite, textOrNull, toSite } from './points.ts'
import { kindNumber, readRadius, readRecord, type RecordTable } from './rows.ts'

export async function findRecords(
  reader: Reader,
  account: number,
  table: RecordTable,
  ids: readonly number[],
): Promise<Map<number, SalesRecord>> {
  const rows = await reader.query(
    `select id, owner_id, attributes, latitude, longitude, location_precision, placed_by,
       verification_radius_m, verification_radius_by, visit_every_days, created_at, updated_at
     from ${table} ${reader.dialect.usingPrimaryKey(table)}
     where account_id = :account and ${reader.dialect.inJsonList('id', ':ids')}`,
    { account, ids: JSON.stringify(ids) },
  )
  return new Map(rows.map((row) => [Number(row['id']), readRecord(row)]))
}

/** NOTE: this runs for every check-in, so it skips the attributes, which are long and need parsing. */
export async function findVisited(
  reader: Reader,
  account: number,
  table: RecordTable,
  id: number,
): Promise<VisitedRecord | undefined> {
  const [row] = await reader.query(
    `select owner_id, latitude, longitude, location_precision, placed_by, verification_radius_m,
       verification_radius_by, address,
       case when address is null then attributes end attributes
     from ${table} ${reader.dialect.usingPrimaryKey(table)} where account_id = :account and id = :id`,
    { account, id },
  )
  if (!row) return undefined
  const { address, attributes } = row
  return {
    id,
    ownerId: numberOrNull(row['owner_id']),
    point: readPoint(row),
    ...readRadius(row),
    address:
      address === null
        ? addressOf({ attributes: String(attributes) })
        : textOrNull(address) || null,
  }
}

/** Owners by the record's id; records without an owner are left out. */
export async function findOwners(
  reader: Reader,
  account: number,
  table: RecordTable,
  ids: readonly number[],
): Promise<Map<number, number>> {
  if (ids.length === 0) return new Map()
  const rows = await reader.query(
    `select id, owner_id from ${table} ${reader.dialect.usingPrimaryKey(table)}
     where account_id = :account and ${reader.dialect.inJsonList('id', ':ids')}`,
    { account, ids: JSON.stringify(ids) },
  )
  return new Map(
    rows.flatMap(({ id, owner_id: owner }) =>
      owner === null ? [] : [[Number(id), Number(owner)] as const],
    ),
  )
}

/** Which of the ids are records of the account. */
export async function findKnown(
  { db, dialect }: Reader,
  account: number,
  table: RecordTable,
  ids: readonly number[],
): Promise<Set<number>> {
  const rows = await db
    .selectFrom(table)
    .select('id')
    .where('account_id', '=', account)
    .where(inList(dialect, 'id', ids))
    .execute()
  return new Set(rows.map(({ id }) => id))
}

/** Which of the ids were records that have been deleted. */
export async function findDeletedRecords(
  { db, dialect }: Reader,
  account: number,
  table: RecordTable,
  ids: readonly number[],
): Promise<Set<number>> {
  const rows = await db
    .selectFrom('deleted_records')
    .select('id')
    .where('account_id', '=', account)
    .where('resource_kind', '=', kindNumber(table))
    .where(inList(dialect, 'id', ids))
    .execute()
  return new Set(rows.map(({ id }) => id))
}

/** undefined: no record with this id was deleted. */
export async function findDeletion(
  { db }: Reader,
  account: number,
  table: RecordTable,
  id: number,
): Promise<RecordDeletion | undefined> {
  const row = await db
    .selectFrom('deleted_records')
    .select(['deleted_by', 'deleted_at'])
    .where('account_id', '=', account)
    .where('resource_kind', '=', kindNumber(table))
    .where('id', '=', id)
    .executeTakeFirst()
  return row && { by: row.deleted_by, at: row.deleted_at === 0 ? null : row.deleted_at }
}

/** References of the records whose ids are above `afterId`, by id. */
export async function listReferences(
  { db }: Reader,
  account: number,
  table: RecordTable,
  afterId: number,
  limit: number,
): Promise<RecordReferences[]> {
  const rows = await db
    .selectFrom(table)
    .select(['id', 'owner_id', 'creator_id'])
    .where('account_id', '=', account)
    .where('id', '>', afterId)
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ id: row.id, ownerId: row.owner_id, creatorId: row.creator_id }))
}

/** NOTE: this runs for every check-in. */
export async function findSites(
  reader: Reader,
  account: number,
  table: RecordTable,
  id: number,
): Promise<RecordSite[]> {
  const rows = await reader.query(
    `select name, latitude, longitude, location_precision, placed_by from record_sites
     where account_id = :account and resource_kind = :kind and resource_id = :id
     order by number`,
    { account, kind: kindNumber(table), id },
  )
  return rows.map(readSite)
}

/** By the record's id; records without further places are left out. */
export async function findSitesOf(
  { db, dialect }: Reader,
  account: number,
  table: RecordTable,
  ids: readonly number[],
): Promise<Map<number, RecordSite[]>> {
  const rows = await db
    .selectFrom('record_sites')
    .selectAll()
    .where('account_id', '=', account)
    .where('resource_kind', '=', kindNumber(table))
    .where(inList(dialect, 'resource_id', ids))
    .orderBy('resource_id')
    .orderBy('number')
    .execute()
  const found = new Map<number, RecordSite[]>()
  for (const row of rows) {
    found.set(row.resource_id, [...(found.get(row.resource_id) ?? []), toSite(row)])
  }
  return found
}
