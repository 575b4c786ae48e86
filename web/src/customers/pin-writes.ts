import type { PinChange } from '@doorstep/contract/pin-changes'

import { client } from '../api/client.ts'
import {
  type CustomerKey,
  type KnownRecord,
  pinProposalsQuery,
  renewCustomers,
} from '../api/customers.ts'
import { queryClient } from '../api/query-client.ts'
import { holdBack } from '../parts/hold-back.ts'
import { say } from '../parts/toasts.ts'
import { texts } from '../texts/texts.ts'
import type { Degrees } from '../visits/mini-map-frame.ts'
import { changeCustomer, whyNot } from './change-customer.ts'
import { metresBetween } from './places.ts'

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

async function propose(
  { type, id }: CustomerKey,
  to: Degrees,
  note: string | null,
): Promise<PinChange> {
  const draft = { resource_type: type, resource_id: id, ...rounded(to), note }
  return (await client.pinChanges.create(draft)).data
}

/** Does it, says what failed, and reads again what it may have changed. */
async function attempt(work: () => Promise<string | undefined>): Promise<void> {
  try {
    const done = await work()
    if (done !== undefined) say(done)
  } catch (error) {
    say(whyNot(error, words.pin.failed))
  }
  await renewCustomers()
}

/** A proposal cannot be withdrawn, so it waits for a moment. */
export function proposePin(key: CustomerKey, to: Degrees, note: string): void {
  const send = () =>
    attempt(async () => {
      await propose(key, to, note.trim() || null)
      return undefined
    })
  holdBack({ done: words.pin.proposed, send, undo: () => {} })
}

/** Moves the pin and judges all visits there again; only after a moment, as that is written down. */
export function moveAndJudge(
  key: CustomerKey,
  to: Degrees,
  done: string,
  onBack: () => void,
): void {
  const send = () =>
    attempt(async () => {
      const { id } = await propose(key, to, null)
      const { meta } = await client.pinChanges.decide(id, { status: 'approved', reverify: true })
      return words.pin.judged(meta.reverified)
    })
  holdBack({ done, send, undo: onBack })
}

/** Says that the pin is right: a proposal that is rejected, so that only later visits are compared. */
export function dismissSuggestion(key: CustomerKey, at: Degrees, onBack: () => void): void {
  const send = () =>
    attempt(async () => {
      const { id } = await propose(key, at, null)
      await client.pinChanges.decide(id, { status: 'rejected' })
      return undefined
    })
  holdBack({ done: words.suggestion.dismissed, send, undo: onBack })
}

/** Decides on what somebody proposed. An approved place judges the visits there again. */
export function decideProposal({ id }: PinChange, status: 'approved' | 'rejected'): void {
  const { queryKey } = pinProposalsQuery
  const before = queryClient.getQueryData(queryKey)
  queryClient.setQueryData(
    queryKey,
    before?.filter((each) => each.id !== id),
  )
  const send = () =>
    attempt(async () => {
      const { meta } = await client.pinChanges.decide(id, {
        status,
        reverify: status === 'approved',
      })
      return status === 'approved' ? words.pin.judged(meta.reverified) : undefined
    })
  const undo = () => void queryClient.setQueryData(queryKey, before)
  holdBack({ done: words.proposal[status], send, undo })
}
