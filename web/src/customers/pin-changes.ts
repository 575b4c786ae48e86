import { heldFixes } from '../addresses/held.ts'
import { client } from '../api/client.ts'
import type { CustomerKey, KnownRecord } from '../api/customers.ts'
import { renewPlaces } from '../api/renew-places.ts'
import { metresBetween } from '../map/places.ts'
import { holdBack } from '../parts/hold-back.ts'
import { say } from '../parts/toasts.ts'
import { texts } from '../texts/texts.ts'
import type { Degrees } from '../visits/mini-map-frame.ts'
import { changeCustomer, whyNot } from './change-customer.ts'

const words = texts.customer

/** About a decimetre. */
const rounded = ({ latitude, longitude }: Degrees): Degrees => ({
  latitude: Math.round(latitude * 1e6) / 1e6,
  longitude: Math.round(longitude * 1e6) / 1e6,
})

/** The place of a record, if it has one. */
export function pointOf({
  latitude,
  longitude,
}: {
  readonly latitude?: number | null
  readonly longitude?: number | null
}): Degrees | undefined {
  const isPlaced = typeof latitude === 'number' && typeof longitude === 'number'
  return isPlaced ? { latitude, longitude } : undefined
}

/** Moves the pin itself. `mayMove`: whether it may also be moved back. */
export function movePin(
  key: CustomerKey,
  { data }: KnownRecord,
  to: Degrees,
  mayMove: boolean,
): Promise<boolean> {
  const from = pointOf(data)
  const back = from
    ? { ...from, location_precision: data.location_precision ?? null }
    : { latitude: null, longitude: null }
  return changeCustomer(key, {
    change: { ...rounded(to), location_precision: 'pin' },
    back: mayMove ? back : undefined,
    done: words.pin.done(from ? metresBetween(from, to) : null),
    failed: words.pin.failed,
  })
}

const pinOf = ({ type, id }: CustomerKey, to: Degrees) => ({
  resource_type: type,
  resource_id: id,
  ...rounded(to),
})

/** Does it, says what failed, and reads again what it may have changed. */
async function attempt(work: () => Promise<string | undefined>): Promise<void> {
  try {
    const done = await work()
    if (done !== undefined) say(done)
  } catch (error) {
    say(whyNot(error, words.pin.failed))
  }
  await renewPlaces()
}

/** A proposal cannot be withdrawn, so it waits for a moment. */
export function proposePin(key: CustomerKey, to: Degrees, note: string): void {
  const send = () =>
    attempt(async () => {
      await client.pinChanges.create({ ...pinOf(key, to), note: note.trim() || null })
      return undefined
    })
  holdBack({ done: words.pin.proposed, send, undo: () => {} })
}

/** Decides where a customer is, only after a moment, as that is written down. */
function settle(key: CustomerKey, done: string, work: () => Promise<string | undefined>): void {
  const name = `${key.type}.${key.id}`
  heldFixes.hold([[name, 'elsewhere']])
  const send = async () => {
    await attempt(work)
    heldFixes.drop([name])
  }
  holdBack({ done, send, undo: () => heldFixes.drop([name]) })
}

/** Moves the pin and judges all visits there again. */
export const moveAndJudge = (key: CustomerKey, to: Degrees): void =>
  settle(key, words.suggestion.accepted, async () => {
    const decided = { status: 'approved', reverify: true } as const
    const { meta } = await client.pinChanges.create({ ...pinOf(key, to), ...decided })
    return words.pin.judged(meta.reverified ?? 0)
  })

/** Says that the pin is right: a proposal that is rejected, so that only later visits are compared. */
export const dismissSuggestion = (key: CustomerKey, at: Degrees): void =>
  settle(key, words.suggestion.dismissed, async () => {
    await client.pinChanges.create({ ...pinOf(key, at), status: 'rejected' })
    return undefined
  })
