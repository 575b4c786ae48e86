import type { Unplaced } from '@doorstep/contract/unplaced'
import { queryOptions } from '@tanstack/react-query'

import { client } from './client.ts'

export type Kind = Unplaced['resource_type']

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

export const placedCustomerQuery = ({ type, id }: CustomerKey) =>
  queryOptions({
    queryKey: ['unplaced', 'customer', type, id],
    queryFn: async ({ signal }) =>
      (await readCustomers([{ type, id }], signal)).get(`${type}.${id}`) ?? null,
    placeholderData: () => undefined,
  })

/** As many as one call answers. */
export const keysMax = 100

/** By `lead.12`; at most `keysMax`. */
export async function readCustomers(
  keys: readonly CustomerKey[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, PlacedCustomer>> {
  const idsOf = (wanted: Kind) => [
    ...new Set(keys.flatMap(({ type, id }) => (type === wanted ? id : []))),
  ]
  const read = { include: 'location', per_page: keysMax } as const
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
