import { dataOf } from '../api/items.ts'
import type { Dimension, Filter, Sighting } from './ranges.ts'

/** Parameters by which Sell's list of visits can be filtered. */
export const visitParameters = [
  'resource_type',
  'rep_location_verification_status',
  'creator_id',
  'outcome_id',
  'resource_id',
] as const

/** Ids by which visits can be told apart. */
export interface Named {
  /** All that are known. */
  readonly asked: ReadonlySet<number>
  /** Those that Sell's own list names. */
  readonly listed: ReadonlySet<number>
}

export interface Catalogue {
  readonly creators: Named
  readonly outcomes: Named
  readonly leads: Named
  readonly contacts: Named
}

export function visitDimensions(catalogue: Catalogue): Dimension[] {
  const { creators, outcomes, leads, contacts } = catalogue
  return [
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
    { name: 'creator_id', isClosed: false, ...listedIn(() => creators) },
    {
      name: 'resource_id',
      isClosed: false,
      requires: 'resource_type',
      ...listedIn(({ resource_type: type }) => (type === 'lead' ? leads : contacts)),
    },
    { name: 'outcome_id', isClosed: false, isNullable: true, ...listedIn(() => outcomes) },
  ]
}

export const leadDimensions = (people: Named): Dimension[] => [
  { name: 'owner_id', isClosed: false, ...listedIn(() => people) },
  { name: 'creator_id', isClosed: false, ...listedIn(() => people) },
  { name: 'status', isClosed: false, values: () => [] },
]

export const contactDimensions = (people: Named): Dimension[] => [
  { name: 'is_organization', isClosed: true, values: () => ['true', 'false'] },
  { name: 'owner_id', isClosed: false, ...listedIn(() => people) },
  { name: 'creator_id', isClosed: false, ...listedIn(() => people) },
]

const listedIn = (find: (filter: Filter) => Named): Pick<Dimension, 'values' | 'listed'> => ({
  values: (filter) => texts(find(filter).asked),
  listed: (filter) => texts(find(filter).listed),
})

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
