import { csvTime } from './csv-time.ts'
import type { UsersByName } from './users-by-name.ts'

/** The attributes that columns of visits can be mapped to. */
export const visitColumns = [
  'id',
  'visited_at',
  'creator_id',
  'creator',
  'outcome_id',
  'outcome',
  'resource_type',
  'resource_id',
  'lead_id',
  'contact_id',
  'resource_address',
  'rep_location_verification_status',
  'summary',
  'created_at',
  'updated_at',
  'latitude',
  'longitude',
] as const

export type VisitColumn = (typeof visitColumns)[number]

/** The header of each attribute; none where both have the same name. */
export type HeaderMap = ReadonlyMap<VisitColumn, string>

/** Reads `visited_at=Date,creator=Sales rep`. Answers a sentence for any other text. */
export function readHeaderMap(text: string): HeaderMap | string {
  const map = new Map<VisitColumn, string>()
  for (const pair of text.split(',')) {
    const at = pair.indexOf('=')
    const column = visitColumns.find((known) => known === pair.slice(0, at).trim())
    if (at < 1 || !column) {
      return `--map takes attribute=Header, with one of ${visitColumns.join(', ')}: ${pair}`
    }
    map.set(column, pair.slice(at + 1).trim())
  }
  return map
}

export interface VisitNames {
  readonly users: UsersByName
  /** By name, in lower case. */
  readonly outcomes: ReadonlyMap<string, number>
}

/** A row as an item of the list of visits. It is validated when the item is read. */
export function visitOfRow(
  cells: ReadonlyMap<string, string>,
  map: HeaderMap,
  { users, outcomes }: VisitNames,
  offset: string,
) {
  const cell = (column: VisitColumn): string | undefined => cells.get(map.get(column) ?? column)
  const time = (column: VisitColumn): string | undefined => {
    const text = cell(column)
    return text === undefined ? undefined : csvTime(text, offset)
  }
  const leadId = cell('lead_id')
  const contactId = cell('contact_id')
  const type = cell('resource_type')?.toLowerCase()
  const creator = cell('creator')
  const outcome = cell('outcome')
  const latitude = cell('latitude')
  const longitude = cell('longitude')
  const visitedAt = time('visited_at')
  return {
    data: {
      id: cell('id'),
      creator_id:
        cell('creator_id') ?? (creator === undefined ? undefined : users.find(creator).id),
      outcome_id:
        cell('outcome_id') ??
        (outcome === undefined
          ? null
          : (outcomes.get(outcome.toLowerCase()) ?? `unknown: ${outcome}`)),
      resource_type:
        type ?? (leadId === undefined ? (contactId === undefined ? undefined : 'contact') : 'lead'),
      resource_id: cell('resource_id') ?? leadId ?? contactId,
      visited_at: visitedAt,
      resource_address: cell('resource_address') ?? null,
      rep_location_verification_status: cell('rep_location_verification_status') ?? null,
      summary: cell('summary') ?? null,
      created_at: time('created_at') ?? visitedAt,
      updated_at: time('updated_at') ?? time('created_at') ?? visitedAt,
    },
    meta: {
      type: 'visit',
      ...(latitude !== undefined &&
        longitude !== undefined && { sales_rep_location: { latitude, longitude } }),
    },
  }
}
