import { type Selectable, sql } from 'kysely'

import { contactKind } from '../../domain/contacts.ts'
import { leadKind } from '../../domain/leads.ts'
import { inOneLine } from '../../domain/record-address.ts'
import { type Attributes, isAttributes } from '../../domain/record-attributes.ts'
import { creatorOf, keptAttributes, readAttributes } from '../../domain/record-kinds.ts'
import type { RecordSite, SalesRecord, RecordReads, RecordWrites } from '../../domain/records.ts'
import { nextId, passIds } from '../counters.ts'
import type { Database, SqlTransaction } from '../database.ts'
import { inList } from '../in-list.ts'
import { resourceKinds, type RecordsTable } from '../schema.ts'
import { planGeocoding } from './geocoding.ts'
import { type RecordTable, selectRecords } from './list.ts'
import { numberOrNull, readPoint, readSite, toPoint, toSite } from './points.ts'
import { findVisited } from './visited.ts'

const kindOf = (table: RecordTable) => (table === 'leads' ? leadKind : contactKind)

const kindNumber = (table: RecordTable) => resourceKinds.indexOf(kindOf(table).name)

/** Leads or contacts, which are kept alike. */
export function recordReads(database: Database, table: RecordTable): RecordReads {
  return {
    async list(account, filter, page) {
      const { limit } = page
      const request = { ...page, limit: limit + 1 }
      const rows = await selectRecords(database, account, table, filter, request)
      return { rows: rows.slice(0, limit).map(toRecord), hasMore: rows.length > limit }
    },
    async findSites(account, ids) {
      const rows = await database.reader
        .selectFrom('record_sites')
        .selectAll()
        .where('account_id', '=', account)
        .where('resource_kind', '=', kindNumber(table))
        .where(inList(database.dialect, 'resource_id', ids))
        .orderBy('resource_id')
        .orderBy('number')
        .execute()
      const found = new Map<number, RecordSite[]>()
      for (const row of rows) {
        found.set(row.resource_id, [...(found.get(row.resource_id) ?? []), toSite(row)])
      }
      return found
    },
  }
}

export function recordWrites(
  tx: SqlTransaction,
  account: number,
  table: RecordTable,
): RecordWrites {
  const { db, dialect } = tx
  const kind = kindNumber(table)
  const counter = table === 'leads' ? 'next_lead_id' : 'next_contact_id'
  // NOTE: this runs for every check-in.
  const sitesOf = (id: number) =>
    tx.query(
      `select name, latitude, longitude, location_precision from record_sites
       where account_id = :account and resource_kind = :kind and resource_id = :id
       order by number`,
      { account, kind, id },
    )
  const removeSites = (id: number) =>
    db
      .deleteFrom('record_sites')
      .where('account_id', '=', account)
      .where('resource_kind', '=', kind)
      .where('resource_id', '=', id)
      .execute()
  const removeJob = (id: number) =>
    db
      .deleteFrom('geocoding_jobs')
      .where('account_id', '=', account)
      .where('resource_kind', '=', kind)
      .where('resource_id', '=', id)
      .execute()
  const setOwner = (id: number, ownerId: number | null) =>
    db
      .updateTable('visits')
      .set({ owner_id: ownerId })
      .where('account_id', '=', account)
      .where('resource_kind', '=', kind)
      .where('resource_id', '=', id)
      .where('owner_id', 'is distinct from', ownerId)
      .execute()
  /** The owners of the visits to these records are the records' owners. */
  async function followOwners(ids: readonly number[]): Promise<void> {
    const owner = sql`(select r.owner_id from ${sql.table(table)} r
      where r.account_id = visits.account_id and r.id = visits.resource_id)`
    await sql`update visits set owner_id = ${owner}
      where account_id = ${account} and resource_kind = ${kind}
        and ${inList(dialect, 'resource_id', ids)} and owner_id is distinct from ${owner}`.execute(
      db,
    )
  }
  return {
    async find(ids) {
      const rows = await tx.query(
        `select id, owner_id, attributes, latitude, longitude, location_precision,
           verification_radius_m, created_at, updated_at
         from ${table} ${dialect.usingPrimaryKey(table)}
         where account_id = :account and ${dialect.inJsonList('id', ':ids')}`,
        { account, ids: JSON.stringify(ids) },
      )
      return new Map(rows.map((row) => [Number(row['id']), readRecord(row)]))
    },
    findVisited: (id) => findVisited(tx, account, table, id),
    async findDeleted(ids) {
      const rows = await db
        .selectFrom('deleted_records')
        .select('id')
        .where('account_id', '=', account)
        .where('resource_kind', '=', kind)
        .where(inList(dialect, 'id', ids))
        .execute()
      return new Set(rows.map((row) => row.id))
    },
    async match(filter, limit) {
      const sort = { field: 'id', descending: false } as const
      const page = { offset: 0, limit, sort }
      const rows = await selectRecords({ reader: db, dialect }, account, table, filter, page)
      return rows.map(toRecord)
    },
    findSites: async (id) => (await sitesOf(id)).map(readSite),
    async saveSites(id, sites) {
      await removeSites(id)
      const rows = sites.map((site, number) => ({
        account_id: account,
        resource_kind: kind,
        resource_id: id,
        number,
        name: site.name,
        latitude: site.latitude,
        longitude: site.longitude,
        location_precision: site.precision,
      }))
      const key = ['account_id', 'resource_kind', 'resource_id', 'number'] as const
      await tx.saveRows('record_sites', key, rows)
    },
    nextId: () => nextId(db, account, counter),
    async save(records) {
      const rows = records.map((record) => toRow(account, table, record))
      await tx.saveRows(table, ['account_id', 'id'], rows)
      await passIds(db, account, counter, records)
      await followOwners(records.map(({ id }) => id))
      await planGeocoding(tx, account, kind, records)
    },
    async remove(id) {
      await removeSites(id)
      await removeJob(id)
      await setOwner(id, null)
      await db.deleteFrom(table).where('account_id', '=', account).where('id', '=', id).execute()
      const row = { account_id: account, resource_kind: kind, id }
      await tx.saveRows('deleted_records', ['account_id', 'resource_kind', 'id'], [row])
    },
  }
}

function toRow(account: number, table: RecordTable, record: SalesRecord): Selectable<RecordsTable> {
  const kept = keptAttributes(record)
  const attributes = readAttributes(kindOf(table), kept)
  const { address } = attributes
  const part = (name: string) => (isAttributes(address) ? textIn(address, name) : null)
  return {
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
    creator_id: creatorOf(kept),
    source_id: numberIn(attributes, 'source_id'),
    contact_id: numberIn(attributes, 'contact_id'),
    is_organization: Number(attributes['is_organization'] === true),
    first_name: textIn(attributes, 'first_name') ?? '',
    last_name: textIn(attributes, 'last_name') ?? '',
    name: textIn(attributes, table === 'leads' ? 'organization_name' : 'name') ?? '',
    status: textIn(attributes, 'status'),
    email_key: textIn(attributes, 'email')?.toLowerCase() ?? null,
    phone: textIn(attributes, 'phone'),
    mobile: textIn(attributes, 'mobile'),
    city: part('city'),
    postal_code: part('postal_code'),
    state: part('state'),
    country: part('country'),
    custom_fields: fieldsIn(attributes),
    address: inOneLine(kept['address']) ?? '',
  }
}

function textIn(attributes: Attributes, name: string): string | null {
  const value = attributes[name]
  return typeof value === 'string' && value !== '' ? value : null
}

function fieldsIn({ custom_fields: fields }: Attributes): string | null {
  if (!isAttributes(fields) || Object.keys(fields).length === 0) return null
  return JSON.stringify(fields).replaceAll(unreadable, (escape) =>
    escape.length % 2 === 0 ? '\\ufffd'.padStart(escape.length, '\\') : escape,
  )
}

/** PostgreSQL reads no JSON with U+0000 or half a pair of surrogates, which JSON writes as escapes. */
const unreadable = /\\+u(?:0000|d[89a-f][\da-f]{2})/g

function numberIn(attributes: Attributes, name: string): number | null {
  const value = attributes[name]
  return typeof value === 'number' ? value : null
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

/** As `toRecord`, of a row of a statement by hand. */
function readRecord(row: Readonly<Record<string, unknown>>): SalesRecord {
  return {
    id: Number(row['id']),
    ownerId: numberOrNull(row['owner_id']),
    attributes: String(row['attributes']),
    point: readPoint(row),
    verificationRadiusM: numberOrNull(row['verification_radius_m']),
    createdAt: Number(row['created_at']),
    updatedAt: Number(row['updated_at']),
  }
}
