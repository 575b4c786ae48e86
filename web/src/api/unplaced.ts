import type { PinChange } from '@doorstep/contract/pin-changes'
import type { Unplaced } from '@doorstep/contract/unplaced'
import type { Visit } from '@doorstep/contract/visits'
import { type InfiniteData, infiniteQueryOptions, queryOptions } from '@tanstack/react-query'

import { client } from './client.ts'
import { queryClient } from './query-client.ts'

export type Kind = Unplaced['resource_type']
export type UnplacedReason = Unplaced['reason']

/** Whose customers. */
export interface Owners {
  readonly owner_id?: number | undefined
  readonly below?: number | undefined
}

export interface CustomerKey {
  readonly type: Kind
  readonly id: number
}

/** A lead or contact, as far as its place is concerned. */
export interface PlacedCustomer extends CustomerKey {
  readonly name: string
  readonly ownerId: number | null
  readonly address: Address
  readonly place: Degrees | null
  readonly precision: string | null
  /** Of its own; null: that of the account. */
  readonly radiusM: number | null
}

interface Degrees {
  readonly latitude: number
  readonly longitude: number
}

/** In the order in which an address is written. */
export const addressParts = ['line1', 'city', 'state', 'postal_code', 'country'] as const
export type AddressPart = (typeof addressParts)[number]
export type Address = Readonly<Record<AddressPart, string>>

export const inOneLine = (address: Address): string =>
  addressParts
    .map((part) => address[part])
    .filter((part) => part.trim() !== '')
    .join(', ')

export const unplacedCountsQuery = (owners: Owners) =>
  queryOptions({
    queryKey: ['unplaced', 'counts', owners],
    queryFn: async ({ signal }) => (await client.unplaced.counts(owners, { signal })).data,
    refetchInterval: 60_000,
  })

const perPage = 100
const keyOf = ({ resource_type: type, resource_id: id }: Unplaced) => `${type}.${id}`

interface UnplacedPart {
  readonly rows: readonly Unplaced[]
  readonly hasMore: boolean
}
type UnplacedParts = InfiniteData<UnplacedPart, number>

async function readPart(
  reason: UnplacedReason,
  owners: Owners,
  { page, size, signal }: { readonly page: number; readonly size: number; signal: AbortSignal },
): Promise<UnplacedPart> {
  const query = { ...owners, reason, page, per_page: size }
  const { items, meta } = await client.unplaced.list(query, { signal })
  return { rows: items.map(({ data }) => data), hasMore: meta.links.next_page !== undefined }
}

/** Each once: a page that was read again repeats some of the last. */
export const rowsOf = (parts: readonly UnplacedPart[]): readonly Unplaced[] => [
  ...new Map(parts.flatMap(({ rows }) => rows.map((row) => [keyOf(row), row]))).values(),
]

/**
 * Those with one reason, page by page. Rows that were fixed leave the pages that were read, and the
 * server's pages move up: so the next page is counted by the rows that are left.
 */
export const unplacedListQuery = (reason: UnplacedReason, owners: Owners) =>
  infiniteQueryOptions({
    queryKey: ['unplaced', 'list', reason, owners],
    queryFn: ({ pageParam: page, signal }) =>
      readPart(reason, owners, { page, size: perPage, signal }),
    initialPageParam: 1,
    getNextPageParam: (last, parts) =>
      last.hasMore ? Math.floor(rowsOf(parts).length / perPage) + 1 : undefined,
    placeholderData: () => undefined,
  })

/** The first ones with a reason. */
export const unplacedFirstQuery = (reason: UnplacedReason, owners: Owners, size: number) =>
  queryOptions({
    queryKey: ['unplaced', 'first', reason, owners, size],
    queryFn: ({ signal }) => readPart(reason, owners, { page: 1, size, signal }),
  })

/** Customers whose visits happen elsewhere, at most the first hundred. */
export const pinSuggestionsQuery = queryOptions({
  queryKey: ['unplaced', 'suggestions'],
  queryFn: async ({ signal }) => {
    const { items, meta } = await client.pinSuggestions.list({ per_page: perPage }, { signal })
    const suggestions = items.map(({ data }) => data)
    const customers = await readCustomers(
      suggestions.map((each) => ({ type: each.resource_type, id: each.resource_id })),
      signal,
    )
    return {
      suggestions: suggestions.flatMap((suggestion) => {
        const customer = customers.get(`${suggestion.resource_type}.${suggestion.resource_id}`)
        return customer ? [{ suggestion, customer }] : []
      }),
      hasMore: meta.links.next_page !== undefined,
    }
  },
})

export interface ProposedPin {
  readonly change: PinChange
  readonly customer: PlacedCustomer
}

/** Proposals that nobody has decided, the oldest first. */
export const proposedPinsQuery = queryOptions({
  queryKey: ['unplaced', 'proposed'],
  queryFn: async ({ signal }): Promise<readonly ProposedPin[]> => {
    const { items } = await client.pinChanges.list(
      { status: 'pending', per_page: perPage },
      { signal },
    )
    const changes = items.map(({ data }) => data)
    const customers = await readCustomers(
      changes.map((each) => ({ type: each.resource_type, id: each.resource_id })),
      signal,
    )
    return changes.flatMap((change) => {
      const customer = customers.get(`${change.resource_type}.${change.resource_id}`)
      return customer ? [{ change, customer }] : []
    })
  },
})

export const placedCustomerQuery = ({ type, id }: CustomerKey) =>
  queryOptions({
    queryKey: ['unplaced', 'customer', type, id],
    queryFn: async ({ signal }) =>
      (await readCustomers([{ type, id }], signal)).get(`${type}.${id}`) ?? null,
    placeholderData: () => undefined,
  })

/** The newest visits to a customer, and how many there are. */
export const visitsThereQuery = ({ type, id }: CustomerKey) =>
  queryOptions({
    queryKey: ['unplaced', 'visits', type, id],
    queryFn: async ({ signal }): Promise<{ visits: readonly Visit[]; total: number }> => {
      const { items, meta } = await client.visits.list(
        {
          resource_type: type,
          resource_id: id,
          sort_by: 'visited_at:desc',
          per_page: 20,
          include: ['verification', 'creator'],
          include_total: true,
        },
        { signal },
      )
      return { visits: items.map(({ data }) => data), total: meta.total_count ?? items.length }
    },
    placeholderData: () => undefined,
  })

async function readCustomers(
  keys: readonly CustomerKey[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, PlacedCustomer>> {
  const idsOf = (wanted: Kind) => [
    ...new Set(keys.flatMap(({ type, id }) => (type === wanted ? id : []))),
  ]
  const read = { include: 'location', per_page: perPage } as const
  const [leads, contacts] = [idsOf('lead'), idsOf('contact')]
  const found = await Promise.all([
    leads.length > 0 ? client.leads.list({ ids: leads, ...read }, { signal }) : { items: [] },
    contacts.length > 0
      ? client.contacts.list({ ids: contacts, ...read }, { signal })
      : { items: [] },
  ])
  const [leadPage, contactPage] = found
  const customers = [
    ...leadPage.items.map(({ data }) => toCustomer('lead', data, leadName(data))),
    ...contactPage.items.map(({ data }) => toCustomer('contact', data, data.name ?? '')),
  ]
  return new Map(customers.map((customer) => [`${customer.type}.${customer.id}`, customer]))
}

interface LeadNames {
  readonly first_name: string | null
  readonly last_name: string | null
  readonly organization_name: string | null
}

/** As the server names it. */
const leadName = ({ first_name: first, last_name: last, organization_name: firm }: LeadNames) =>
  [first, last].filter(Boolean).join(' ') || (firm ?? '')

interface Located {
  readonly id: number
  readonly owner_id: number | null
  readonly address: Readonly<Partial<Record<AddressPart, string | null>>> | null
  readonly latitude?: number | null
  readonly longitude?: number | null
  readonly location_precision?: string | null
  readonly verification_radius_m?: number | null
}

function toCustomer(type: Kind, data: Located, name: string): PlacedCustomer {
  const { latitude = null, longitude = null, address } = data
  const part = (key: AddressPart) => address?.[key] ?? ''
  return {
    type,
    id: data.id,
    name,
    ownerId: data.owner_id,
    address: {
      line1: part('line1'),
      city: part('city'),
      state: part('state'),
      postal_code: part('postal_code'),
      country: part('country'),
    },
    place: latitude === null || longitude === null ? null : { latitude, longitude },
    precision: data.location_precision ?? null,
    radiusM: data.verification_radius_m ?? null,
  }
}

/** Takes a customer out of every list that was read, without reading it again. */
export function dropUnplaced(key: string): void {
  const without = (part: UnplacedPart) => ({
    ...part,
    rows: part.rows.filter((row) => keyOf(row) !== key),
  })
  queryClient.setQueriesData<UnplacedParts>(
    { queryKey: ['unplaced', 'list'] },
    (list) => list && { ...list, pages: list.pages.map(without) },
  )
}

/** Reads again what changes when a customer is fixed. */
export async function renewUnplaced({ type, id }: CustomerKey): Promise<void> {
  const keys = [
    ['unplaced', 'counts'],
    ['unplaced', 'first'],
    ['unplaced', 'suggestions'],
    ['unplaced', 'proposed'],
    ['unplaced', 'customer', type, id],
    ['unplaced', 'visits', type, id],
  ]
  // Lists that are read are right already; others are read again when they are shown.
  await queryClient.invalidateQueries({ queryKey: ['unplaced', 'list'], refetchType: 'none' })
  await Promise.all(keys.map((queryKey) => queryClient.invalidateQueries({ queryKey })))
}
