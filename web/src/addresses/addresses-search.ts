import { idOf, oneOf, textOf, type Typed, withoutUndefined } from '../search.ts'

/** Why an address needs somebody, in the order in which the screen shows them. */
export const addressReasons = [
  'elsewhere',
  'not_found',
  'address_missing',
  'address_imprecise',
  'refused',
  'unavailable',
  'waiting',
] as const
export type AddressReason = (typeof addressReasons)[number]

export interface AddressesSearch {
  /** Without one, the first ones of each. */
  readonly reason?: AddressReason | undefined
  readonly owner?: number | undefined
  /** Of this user's team. */
  readonly below?: number | undefined
  /** The customer that is being fixed, as `lead.12`. */
  readonly record?: string | undefined
}

export function parseAddressesSearch(typed: Typed): AddressesSearch {
  const record = textOf(typed.record)
  return withoutUndefined({
    reason: oneOf(addressReasons, typed.reason),
    owner: idOf(typed.owner),
    below: idOf(typed.below),
    record: record && /^(?:lead|contact)\.\d{1,16}$/.test(record) ? record : undefined,
  })
}
