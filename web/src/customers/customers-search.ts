import { daysOf, idOf, oneOf, severalOf, textOf, type Typed, withoutUndefined } from '../search.ts'

/** Columns by which the list can be sorted; with a `-` before, the other way round. */
export const customerSorts = ['name', 'address', 'owner', 'visited', 'due', 'visits'] as const
export type CustomerSort = (typeof customerSorts)[number]

export const visitedStates = ['due', 'never', 'visited'] as const
export const placedStates = ['yes', 'no'] as const

/** What the URL of the list of customers says. */
export interface CustomersSearch {
  readonly q?: string | undefined
  readonly owner?: readonly number[] | undefined
  readonly below?: number | undefined
  readonly type?: 'lead' | 'contact' | undefined
  /** Of the last visit. */
  readonly outcome?: readonly number[] | undefined
  /** Not visited for so many days. */
  readonly unvisited?: number | undefined
  readonly visited?: (typeof visitedStates)[number] | undefined
  readonly placed?: (typeof placedStates)[number] | undefined
  /** By name otherwise. */
  readonly sort?: CustomerSort | `-${CustomerSort}` | undefined
}

const sorts = customerSorts.flatMap((name) => [name, `-${name}`] as const)

export function parseCustomersSearch(typed: Typed): CustomersSearch {
  return withoutUndefined({
    q: textOf(typed.q)?.slice(0, 200),
    owner: severalOf(idOf, typed.owner),
    below: idOf(typed.below),
    type: oneOf(['lead', 'contact'], typed.type),
    outcome: severalOf(idOf, typed.outcome),
    unvisited: daysOf(typed.unvisited),
    visited: oneOf(visitedStates, typed.visited),
    placed: oneOf(placedStates, typed.placed),
    sort: oneOf(sorts, typed.sort),
  })
}

/** What clearing leaves: the order stays. */
export const noFilters: CustomersSearch = {
  q: undefined,
  owner: undefined,
  below: undefined,
  type: undefined,
  outcome: undefined,
  unvisited: undefined,
  visited: undefined,
  placed: undefined,
}

export const isFiltered = (search: CustomersSearch): boolean =>
  Object.keys(noFilters).some((name) => Reflect.get(search, name) !== undefined)
