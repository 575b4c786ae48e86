import { resourceKinds, tableOf } from '../schema.ts'
import type { AccountColumns } from './account-columns.ts'

export type Row = Readonly<Record<string, unknown>>

/** What the columns hold of a visit, from the table `v`. */
export const visitSelection = `v.id, v.creator_id, v.outcome_id, v.status, v.resource_kind,
  v.resource_id, v.visited_at, v.created_at, v.updated_at, v.reason, v.flags, v.review,
  v.latitude, v.longitude`

/** The names of these, in their order: whole numbers, then degrees. */
export const visitNumbers = [
  'id',
  'creator_id',
  'outcome_id',
  'status',
  'resource_kind',
  'resource_id',
  'visited_at',
  'created_at',
  'updated_at',
  'reason',
  'flags',
  'review',
] as const

export function putVisit({ visits, records, users, outcomes }: AccountColumns, row: Row): void {
  visits.put({
    id: Number(row['id']),
    creator: users.of(Number(row['creator_id'])),
    outcome: outcomes.of(idOf(row['outcome_id'])),
    status: Number(row['status']),
    record: records.of(Number(row['resource_kind']), Number(row['resource_id'])),
    visitedAt: Number(row['visited_at']),
    createdAt: Number(row['created_at']),
    updatedAt: Number(row['updated_at']),
    latitude: degreesOf(row['latitude']),
    longitude: degreesOf(row['longitude']),
    reason: numberOrNone(row['reason']),
    flags: Number(row['flags']),
    review: numberOrNone(row['review']),
  })
}

/** `owner_id`, `latitude` and `longitude` of a record that is stored. */
export function putRecord(
  { records, users }: AccountColumns,
  kind: number,
  id: number,
  row: Row,
): void {
  const latitude = degreesOf(row['latitude'])
  const longitude = degreesOf(row['longitude'])
  const isPlaced = !Number.isNaN(latitude) && !Number.isNaN(longitude)
  records.put(kind, id, {
    owner: users.of(idOf(row['owner_id'])),
    latitude: isPlaced ? latitude : Number.NaN,
    longitude: isPlaced ? longitude : Number.NaN,
  })
}

export const recordTables = resourceKinds.map(tableOf)

export const idOf = (value: unknown): number | null => (value === null ? null : Number(value))

/** Words that may be absent count from 1; 0: there is none. */
const numberOrNone = (stored: unknown): number => (stored === null ? 0 : Number(stored) + 1)

export const numberOfWord = <Word extends string>(words: readonly Word[], word: Word): number =>
  words.indexOf(word) + 1

const degreesOf = (value: unknown): number => (value === null ? Number.NaN : Number(value))
