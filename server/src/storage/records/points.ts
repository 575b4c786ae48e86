import type { Selectable } from 'kysely'

import type { RecordPoint, RecordSite } from '../../domain/records.ts'
import { word } from '../schema.ts'
import type { RecordSitesTable, RecordsTable } from './schema.ts'

const precisions: readonly RecordPoint['precision'][] = [
  'pin',
  'rooftop',
  'interpolated',
  'street',
  'postcode',
  'city',
]

export const readPoint = (row: Readonly<Record<string, unknown>>): RecordPoint | null =>
  toPoint({
    latitude: numberOrNull(row['latitude']),
    longitude: numberOrNull(row['longitude']),
    location_precision: textOrNull(row['location_precision']),
  })

export function readSite(row: Readonly<Record<string, unknown>>): RecordSite {
  const point = readPoint(row)
  if (!point) throw new Error('a stored site has no coordinates')
  return { name: textOrNull(row['name']), ...point }
}

export const numberOrNull = (value: unknown): number | null =>
  value === null ? null : Number(value)

export const textOrNull = (value: unknown): string | null => (value === null ? null : String(value))

export function toSite(row: Selectable<RecordSitesTable>): RecordSite {
  const { name, latitude, longitude } = row
  return { name, latitude, longitude, precision: precisionOf(row.location_precision) }
}

export function toPoint(
  row: Pick<Selectable<RecordsTable>, 'latitude' | 'longitude' | 'location_precision'>,
): RecordPoint | null {
  const { latitude, longitude } = row
  if (latitude === null || longitude === null) return null
  return { latitude, longitude, precision: precisionOf(row.location_precision) }
}

const precisionOf = (stored: string | null): RecordPoint['precision'] =>
  word(
    precisions,
    precisions.findIndex((precision) => precision === stored),
  )
