import { dataOf } from './items.ts'
import type { Dimension, Sighting } from './ranges.ts'

/** Parameters by which Sell's list of visits can be filtered. */
export const visitParameters = [
  'resource_type',
  'rep_location_verification_status',
  'creator_id',
  'outcome_id',
  'resource_id',
] as const

/** What Sell's other lists name: the values by which the visits can be told apart. */
export interface Catalogue {
  readonly creators: ReadonlySet<number>
  readonly outcomes: ReadonlySet<number>
  readonly leads: readonly number[]
  readonly contacts: readonly number[]
}

export const visitDimensions = (catalogue: Catalogue): Dimension[] => [
  { name: 'resource_type', isClosed: true, values: () => ['lead', 'contact'] },
  {
    name: 'rep_location_verification_status',
    isClosed: true,
    values: () => [
      'verified',
      'resource_location_too_far',
      'location_unknown',
      'location_services_disabled',
    ],
  },
  { name: 'creator_id', isClosed: false, values: () => texts(catalogue.creators) },
  {
    name: 'resource_id',
    isClosed: false,
    requires: 'resource_type',
    values: ({ resource_type }) =>
      texts(resource_type === 'lead' ? catalogue.leads : catalogue.contacts),
  },
  {
    name: 'outcome_id',
    isClosed: false,
    isNullable: true,
    values: () => texts(catalogue.outcomes),
  },
]

export const leadDimensions = (people: ReadonlySet<number>): Dimension[] => [
  { name: 'owner_id', isClosed: false, values: () => texts(people) },
  { name: 'creator_id', isClosed: false, values: () => texts(people) },
  { name: 'status', isClosed: false, values: () => [] },
]

export const contactDimensions = (people: ReadonlySet<number>): Dimension[] => [
  { name: 'is_organization', isClosed: true, values: () => ['true', 'false'] },
  { name: 'owner_id', isClosed: false, values: () => texts(people) },
  { name: 'creator_id', isClosed: false, values: () => texts(people) },
]

const texts = (ids: Iterable<number>): string[] => [...ids].map(String)

/**
 * An item as the plan sees it, whether it can be understood or not. `before`: the id of the item
 * before it, for one that has none.
 */
export function sightingOf(item: unknown, before: number, parameters: readonly string[]): Sighting {
  const data = dataOf(item)
  const id = Number(data['id'])
  const at = typeof data['visited_at'] === 'string' ? Date.parse(data['visited_at']) : Number.NaN
  return {
    id: Number.isSafeInteger(id) && id > 0 ? id : before,
    at: Number.isNaN(at) ? 0 : at,
    values: Object.fromEntries(parameters.map((name) => [name, String(data[name] ?? '')])),
  }
}
