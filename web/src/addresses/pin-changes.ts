import type { LeadChange } from '@doorstep/contract/leads'

import { client } from '../api/client.ts'
import {
  type Address,
  addressParts,
  type CustomerKey,
  type Kind,
  type PlacedCustomer,
} from '../api/placed-customers.ts'
import { problemOf } from '../api/problem.ts'
import { queryClient } from '../api/query-client.ts'
import { renewPlaces } from '../api/renew-places.ts'
import { dropUnplaced } from '../api/unplaced.ts'
import type { Place } from '../map/movable-pin.ts'
import { holdBack } from '../parts/hold-back.ts'
import { offerUndo, say } from '../parts/toasts.ts'
import { addresses } from '../texts/en/addresses.ts'
import { texts } from '../texts/texts.ts'
import type { AddressRow } from './address-rows.ts'
import { heldFixes } from './held.ts'
import type { MayPlace } from './use-owners.ts'

const words = addresses

const whyOf = (error: unknown): string => problemOf(error, texts.parts.tryAgain)

const pinOf = ({ type, id }: CustomerKey, { latitude, longitude }: Place) => ({
  resource_type: type,
  resource_id: id,
  latitude,
  longitude,
})

const change = (type: Kind, id: number, attributes: LeadChange & object) =>
  type === 'lead' ? client.leads.update(id, attributes) : client.contacts.update(id, attributes)

/** Hides a customer at once, and does it at the server when undo is over. */
function settle(row: AddressRow, done: string, write: () => Promise<unknown>): void {
  heldFixes.hold([[row.key, row.reason]])
  holdBack({
    done,
    undo: () => heldFixes.drop([row.key]),
    send: async () => {
      try {
        await write()
        dropUnplaced(row.key)
        await renewPlaces()
      } catch (error) {
        say(words.pinFailed(row.name, whyOf(error)))
      }
      heldFixes.drop([row.key])
    },
  })
}

/** Sets the pin, as far as somebody may. */
export function setPin(row: AddressRow, place: Place, may: MayPlace): void {
  const pin = pinOf(row, place)
  if (may === 'decide') {
    return settle(row, words.pinned(row.name), () =>
      client.pinChanges.create({ ...pin, status: 'approved', reverify: true }),
    )
  }
  if (may === 'place') {
    const { latitude, longitude } = place
    return settle(row, words.pinned(row.name), () =>
      change(row.type, row.id, { latitude, longitude, location_precision: 'pin' }),
    )
  }
  holdBack({
    done: words.proposedPin(row.name),
    undo: () => {},
    send: async () => {
      try {
        await client.pinChanges.create(pin)
        await renewPlaces()
      } catch (error) {
        say(words.pinFailed(row.name, whyOf(error)))
      }
    },
  })
}

/** Turns a suggestion down: only later visits suggest a pin again. */
export function keepPin(row: AddressRow): void {
  const { suggestion } = row
  if (!suggestion) return
  settle(row, words.kept(row.name), () =>
    client.pinChanges.create({ ...pinOf(row, suggestion), status: 'rejected' }),
  )
}

const written = (address: Address) =>
  Object.fromEntries(addressParts.map((part) => [part, address[part].trim() || null]))

/** Saves an address and offers to put the old one back. Throws what the server says. */
export async function saveAddress(
  customer: PlacedCustomer,
  address: Address,
  may: MayPlace,
): Promise<void> {
  const { type, id, place, precision } = customer
  await change(type, id, { address: written(address) })
  dropUnplaced(`${type}.${id}`)
  await renewPlaces()
  offerUndo(words.saved(customer.name), () => {
    // NOTE: the old place went with the old address, unless somebody had set it.
    const isMovable = place !== null && may === 'decide'
    const point = isMovable ? { ...place, location_precision: precisionOf(precision) } : {}
    change(type, id, { address: written(customer.address), ...point })
      .then(() => queryClient.invalidateQueries({ queryKey: ['unplaced', 'list'] }))
      .then(renewPlaces)
      .catch((error: unknown) => say(words.undoFailed(whyOf(error))))
  })
}

const precisions = ['rooftop', 'interpolated', 'street', 'postcode', 'city'] as const
const precisionOf = (name: string | null) => precisions.find((each) => each === name) ?? 'pin'

type Failure = 'not_found' | 'refused' | 'unavailable'

/** Asks the geocoder again: about one customer, about those with a reason, or about all. */
export async function askGeocoder(about: AddressRow | Failure | undefined): Promise<void> {
  const draft =
    typeof about === 'object'
      ? { resource_type: about.type, resource_id: about.id }
      : { ...(about && { reason: about }) }
  try {
    const { data } = await client.unplaced.askAgain(draft)
    say(words.asked(data.waiting))
  } catch (error) {
    say(words.askFailed(whyOf(error)))
  }
  await queryClient.invalidateQueries({ queryKey: ['unplaced'] })
}
