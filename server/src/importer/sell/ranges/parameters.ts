import { verificationStatuses } from '../../../domain/findings.ts'
import { dataOf } from '../api/items.ts'
import type { Filter, ListedItem, Parameter } from './ranges.ts'

/** Ids that Sell's users, outcomes, leads or contacts have. */
export interface KnownIds {
  /** All that are known. */
  readonly all: ReadonlySet<number>
  /** Those that Sell's own list names. */
  readonly listed: ReadonlySet<number>
}

export interface Catalogue {
  readonly users: KnownIds
  readonly outcomes: KnownIds
  readonly leads: KnownIds
  readonly contacts: KnownIds
}

export function visitParameters({ users, outcomes, leads, contacts }: Catalogue): Parameter[] {
  return [
    { name: 'resource_type', isClosed: true, values: () => ['lead', 'contact'] },
    {
      name: 'rep_location_verification_status',
      isClosed: true,
      values: () => [...verificationStatuses],
    },
    { name: 'creator_id', isClosed: false, ...idsOf(() => users) },
    {
      name: 'resource_id',
      isClosed: false,
      requires: 'resource_type',
      ...idsOf(({ resource_type: type }) => (type === 'lead' ? leads : contacts)),
    },
    { name: 'outcome_id', isClosed: false, isNullable: true, ...idsOf(() => outcomes) },
  ]
}

const userParameters = (users: KnownIds): Parameter[] =>
  ['owner_id', 'creator_id'].map((name) => ({ name, isClosed: false, ...idsOf(() => users) }))

export const leadParameters = (users: KnownIds): Parameter[] => [
  ...userParameters(users),
  { name: 'status', isClosed: false, values: () => [] },
]

export const contactParameters = (users: KnownIds): Parameter[] => [
  { name: 'is_organization', isClosed: true, values: () => ['true', 'false'] },
  ...userParameters(users),
]

const idsOf = (find: (filter: Filter) => KnownIds): Pick<Parameter, 'values' | 'listed'> => ({
  values: (filter) => texts(find(filter).all),
  listed: (filter) => texts(find(filter).listed),
})

const texts = (ids: Iterable<number>): string[] => [...ids].map(String)

/**
 * An item as the listing sees it, even if it is malformed. `names`: of the parameters. `before`: the
 * id of the item before it, which one without an id gets.
 */
export function toListedItem(item: unknown, names: readonly string[], before = 0): ListedItem {
  const data = dataOf(item)
  const id = Number(data['id'])
  const at = typeof data['visited_at'] === 'string' ? Date.parse(data['visited_at']) : Number.NaN
  return {
    id: Number.isSafeInteger(id) && id > 0 ? id : before,
    at: Number.isNaN(at) ? 0 : at,
    values: Object.fromEntries(names.map((name) => [name, String(data[name] ?? '')])),
  }
}
