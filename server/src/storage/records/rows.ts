import type { Selectable } from 'kysely'

import { contactKind } from '../../domain/contacts.ts'
import { leadKind } from '../../domain/leads.ts'
import { inOneLine } from '../../domain/record-address.ts'
import { type Attributes, isAttributes } from '../../domain/record-attributes.ts'
import { creatorOf, storedAttributes, readAttributes } from '../../domain/record-kinds.ts'
import type { SalesRecord } from '../../domain/records.ts'
import { resourceKinds } from '../schema.ts'
import { numberOrNull, readPoint, toPoint } from './points.ts'
import type { RecordsTable } from './schema.ts'

export type RecordTable = 'leads' | 'contacts'

const kindOf = (table: RecordTable) => (table === 'leads' ? leadKind : contactKind)

export const kindNumber = (table: RecordTable) => resourceKinds.indexOf(kindOf(table).name)

export function toRow(
  account: number,
  table: RecordTable,
  record: SalesRecord,
  changedAt: number,
): Selectable<RecordsTable> {
  const stored = storedAttributes(record)
  const attributes = readAttributes(kindOf(table), stored)
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
    verification_radius_by: record.radiusSetBy ?? null,
    placed_by: record.point?.placedBy ?? null,
    created_at: record.createdAt,
    updated_at: record.updatedAt,
    creator_id: creatorOf(stored),
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
    address: inOneLine(stored['address']) ?? '',
    visit_every_days: record.visitEveryDays ?? null,
    changed_at: changedAt,
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

/** PostgreSQL rejects JSON with escapes of U+0000 or of half a surrogate pair. */
const unreadable = /\\+u(?:0000|d[89a-f][\da-f]{2})/g

function numberIn(attributes: Attributes, name: string): number | null {
  const value = attributes[name]
  return typeof value === 'number' ? value : null
}

export function toRecord(row: Selectable<RecordsTable>): SalesRecord {
  return {
    id: row.id,
    ownerId: row.owner_id,
    attributes: row.attributes,
    point: toPoint(row),
    ...toRadius(row.verification_radius_m, row.verification_radius_by),
    ...toVisitEvery(row.visit_every_days),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

const toVisitEvery = (days: number | null): Pick<SalesRecord, 'visitEveryDays'> =>
  days === null ? {} : { visitEveryDays: days }

type Radius = Pick<SalesRecord, 'verificationRadiusM' | 'radiusSetBy'>

const toRadius = (verificationRadiusM: number | null, radiusSetBy: number | null): Radius => ({
  verificationRadiusM,
  ...(radiusSetBy !== null && { radiusSetBy }),
})

export const readRadius = (row: Readonly<Record<string, unknown>>): Radius =>
  toRadius(numberOrNull(row['verification_radius_m']), numberOrNull(row['verification_radius_by']))

/** As `toRecord`, for a row of a handwritten statement. */
export function readRecord(row: Readonly<Record<string, unknown>>): SalesRecord {
  return {
    id: Number(row['id']),
    ownerId: numberOrNull(row['owner_id']),
    attributes: String(row['attributes']),
    point: readPoint(row),
    ...readRadius(row),
    ...toVisitEvery(numberOrNull(row['visit_every_days'])),
    createdAt: Number(row['created_at']),
    updatedAt: Number(row['updated_at']),
  }
}
