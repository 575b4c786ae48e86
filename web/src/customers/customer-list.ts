import type { Customer, CustomerFilters } from '../api/customers.ts'
import { withoutUndefined } from '../search.ts'
import { firstOfLast, startIn } from '../texts/zone-days.ts'
import type { CustomerSort, CustomersSearch } from './customers-search.ts'

const only = <Value>(values: readonly Value[] | undefined): Value | undefined =>
  values?.length === 1 ? values[0] : undefined

/** What the server filters by; the rest is filtered here. */
export const filtersOf = (search: CustomersSearch): CustomerFilters =>
  withoutUndefined({
    q: search.q,
    owner_id: only(search.owner),
    below: search.below,
    outcome_id: only(search.outcome),
    unvisited_since:
      search.unvisited === undefined
        ? undefined
        : startIn(firstOfLast(search.unvisited, undefined), undefined).toISOString(),
  })

function fits(customer: Customer, search: CustomersSearch, nowMs: number): boolean {
  const { last_visit: last, owner_id: owner, due_at: due } = customer
  const isPlaced = customer.latitude !== null
  return (
    (search.type === undefined || customer.resource_type === search.type) &&
    (search.owner === undefined || (owner !== null && search.owner.includes(owner))) &&
    (search.outcome === undefined ||
      (last !== null && last.outcome_id !== null && search.outcome.includes(last.outcome_id))) &&
    (search.placed === undefined || isPlaced === (search.placed === 'yes')) &&
    (search.visited !== 'never' || last === null) &&
    (search.visited !== 'visited' || last !== null) &&
    (search.visited !== 'due' || (due !== null && Date.parse(due) <= nowMs))
  )
}

const collator = new Intl.Collator(navigator.language, { numeric: true, sensitivity: 'base' })

const timeOf = (text: string | null | undefined): number => (text ? Date.parse(text) : 0)

type Compare = (a: Customer, b: Customer) => number

/** Those that lack what is compared come last, in either direction. */
const lackedBy: Partial<Record<CustomerSort, (customer: Customer) => boolean>> = {
  address: ({ address }) => address === null,
  owner: ({ owner_id: owner }) => owner === null,
  due: ({ due_at: due }) => due === null,
}

function comparing(sort: CustomerSort, ownerName: (id: number | null) => string): Compare {
  const compares: Record<CustomerSort, Compare> = {
    name: (a, b) => collator.compare(a.name, b.name),
    address: (a, b) => collator.compare(a.address ?? '', b.address ?? ''),
    owner: (a, b) => collator.compare(ownerName(a.owner_id), ownerName(b.owner_id)),
    visited: (a, b) => timeOf(a.last_visit?.at) - timeOf(b.last_visit?.at),
    due: (a, b) => timeOf(a.due_at) - timeOf(b.due_at),
    visits: (a, b) => a.visits_count - b.visits_count,
  }
  return compares[sort]
}

export function sortIn({ sort = 'name' }: CustomersSearch): {
  readonly by: CustomerSort
  readonly isDown: boolean
} {
  const isDown = sort.startsWith('-')
  const by = isDown ? sort.slice(1) : sort
  return { by: bySort[by] ?? 'name', isDown }
}

const bySort: Readonly<Record<string, CustomerSort>> = {
  name: 'name',
  address: 'address',
  owner: 'owner',
  visited: 'visited',
  due: 'due',
  visits: 'visits',
}

/** The customers that the search shows, in its order; those that are alike, by name. */
export function shownBy(
  customers: readonly Customer[],
  search: CustomersSearch,
  ownerName: (id: number | null) => string,
  nowMs: number,
): readonly Customer[] {
  const { by, isDown } = sortIn(search)
  const compare = comparing(by, ownerName)
  const lacks = lackedBy[by] ?? (() => false)
  return customers
    .filter((customer) => fits(customer, search, nowMs))
    .toSorted(
      (a, b) =>
        Number(lacks(a)) - Number(lacks(b)) ||
        (isDown ? compare(b, a) : compare(a, b)) ||
        collator.compare(a.name, b.name) ||
        a.id - b.id,
    )
}
