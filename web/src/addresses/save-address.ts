import { type Address, addressParts, type PlacedCustomer } from '../api/placed-customers.ts'
import { queryClient } from '../api/query-client.ts'
import { renewPlaces } from '../api/renew-places.ts'
import { dropUnplaced } from '../api/unplaced.ts'
import { offerUndo, say } from '../parts/toasts.ts'
import { addresses } from '../texts/en/addresses.ts'
import { problemOf } from '../texts/problem.ts'
import { texts } from '../texts/texts.ts'
import { changeRecord } from './change-record.ts'
import type { MayPlace } from './use-owners.ts'

const written = (address: Address) =>
  Object.fromEntries(addressParts.map((part) => [part, address[part].trim() || null]))

/** Saves an address and offers to put the old one back. Throws what the server says. */
export async function saveAddress(
  customer: PlacedCustomer,
  address: Address,
  may: MayPlace,
): Promise<void> {
  const { type, id, place, precision } = customer
  await changeRecord(type, id, { address: written(address) })
  dropUnplaced(`${type}.${id}`)
  await renewPlaces()
  offerUndo(addresses.saved(customer.name), () => {
    // NOTE: the old place went with the old address, unless somebody had set it.
    const isMovable = place !== null && may === 'decide'
    const point = isMovable ? { ...place, location_precision: precisionOf(precision) } : {}
    changeRecord(type, id, { address: written(customer.address), ...point })
      .then(() => queryClient.invalidateQueries({ queryKey: ['unplaced', 'list'] }))
      .then(renewPlaces)
      .catch((error: unknown) => say(addresses.undoFailed(problemOf(error, texts.parts.tryAgain))))
  })
}

const precisions = ['rooftop', 'interpolated', 'street', 'postcode', 'city'] as const

const precisionOf = (name: string | null) => precisions.find((each) => each === name) ?? 'pin'
