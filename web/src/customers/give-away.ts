import { type CustomerKey, updateRecord } from '../api/customers.ts'
import { renewPlaces } from '../api/renew-places.ts'
import { type HeldStore, newHeld } from '../parts/held.ts'
import { holdBack } from '../parts/hold-back.ts'
import { say } from '../parts/toasts.ts'
import { texts } from '../texts/texts.ts'
import { whyNot } from './change-customer.ts'

const words = texts.customer

/** The next owners of customers that were given away a moment ago, by `lead.12`. */
export const heldOwners: HeldStore<string, number | null> = newHeld()

export const nameOfKey = ({ type, id }: CustomerKey): string => `${type}.${id}`

/** Gives a customer to somebody from whom it cannot be taken back: only when undo is over. */
export function giveAway(
  key: CustomerKey,
  owner: number | null,
  ownerName: string | undefined,
): void {
  const name = nameOfKey(key)
  heldOwners.hold([[name, owner]])
  const send = async () => {
    try {
      await updateRecord(key, { owner_id: owner })
    } catch (error) {
      say(whyNot(error, words.form.failed))
    }
    await renewPlaces()
    heldOwners.drop([name])
  }
  const done = words.ownerIs(ownerName ?? words.record.noOwner)
  holdBack({ done, send, undo: () => heldOwners.drop([name]) })
}
