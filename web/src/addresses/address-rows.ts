import type { PinSuggestion } from '@doorstep/contract/pin-suggestions'
import type { Unplaced } from '@doorstep/contract/unplaced'

import { type CustomerKey, inOneLine, type PlacedCustomer } from '../api/placed-customers.ts'
import type { AddressReason } from './addresses-search.ts'

/** A customer whose place needs somebody. */
export interface AddressRow extends CustomerKey {
  /** `lead.12` */
  readonly key: string
  readonly reason: AddressReason
  readonly name: string
  readonly ownerId: number | null
  readonly address: string | null
  readonly precision: Unplaced['location_precision']
  /** What the geocoder said. */
  readonly detail: string | null
  readonly suggestion: PinSuggestion | null
}

export const rowOfUnplaced = (unplaced: Unplaced): AddressRow => ({
  key: `${unplaced.resource_type}.${unplaced.resource_id}`,
  type: unplaced.resource_type,
  id: unplaced.resource_id,
  reason: unplaced.reason,
  name: unplaced.name,
  ownerId: unplaced.owner_id,
  address: unplaced.address,
  precision: unplaced.location_precision,
  detail: unplaced.detail,
  suggestion: null,
})

export const rowOfSuggestion = (
  suggestion: PinSuggestion,
  customer: PlacedCustomer,
): AddressRow => ({
  key: `${customer.type}.${customer.id}`,
  type: customer.type,
  id: customer.id,
  reason: 'elsewhere',
  name: customer.name,
  ownerId: customer.ownerId,
  address: inOneLine(customer.address) || null,
  precision: null,
  detail: null,
  suggestion,
})

/** A group of rows and how many there are of them. */
export interface AddressGroup {
  readonly reason: AddressReason
  readonly count: number
  readonly rows: readonly AddressRow[]
}

/** What the list shows, one below the other. */
export type AddressItem =
  | { readonly kind: 'group'; readonly group: AddressGroup }
  | { readonly kind: 'row'; readonly row: AddressRow; readonly index: number }

export function itemsOf(groups: readonly AddressGroup[]): readonly AddressItem[] {
  let index = 0
  return groups.flatMap((group): AddressItem[] => [
    { kind: 'group', group },
    ...group.rows.map((row): AddressItem => ({ kind: 'row', row, index: index++ })),
  ])
}
