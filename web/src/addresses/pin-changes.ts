import { client } from '../api/client.ts'
import type { CustomerKey } from '../api/placed-customers.ts'
import { renewPlaces } from '../api/renew-places.ts'
import { dropUnplaced } from '../api/unplaced.ts'
import type { Place } from '../map/movable-pin.ts'
import { holdBack } from '../parts/hold-back.ts'
import { say } from '../parts/toasts.ts'
import { addresses } from '../texts/en/addresses.ts'
import { problemOf } from '../texts/problem.ts'
import { texts } from '../texts/texts.ts'
import type { AddressRow } from './address-rows.ts'
import { changeRecord } from './change-record.ts'
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
      changeRecord(row.type, row.id, { latitude, longitude, location_precision: 'pin' }),
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
