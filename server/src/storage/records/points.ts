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
    placed_by: numberOrNull(row['placed_by']),
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
  const point = toPoint(row)
  if (!point) throw new Error('a stored site has no coordinates')
  return { name: row.name, ...point }
}

export function toPoint(
  row: Pick<
    Selectable<RecordsTable>,
    'latitude' | 'longitude' | 'location_precision' | 'placed_by'
  >,
): RecordPoint | null {
  const { latitude, longitude } = row
  if (latitude === null || longitude === null) return null
  const precision = precisionOf(row.location_precision)
  const { placed_by: placedBy } = row
  return { latitude, longitude, precision, ...(placedBy !== null && { placedBy }) }
}

const precisionOf = (stored: string | null): RecordPoint['precision'] =>
  word(
    precisions,
    precisions.findIndex((precision) => precision === stored),
  )
