import type { PinChange } from '@doorstep/contract/pin-changes'

import { client } from '../api/client.ts'
import { pinProposalsQuery, proposedPinsQuery } from '../api/pin-changes.ts'
import { queryClient } from '../api/query-client.ts'
import { renewPlaces } from '../api/renew-places.ts'
import { type HeldStore, newHeld } from '../parts/held.ts'
import { holdBack } from '../parts/hold-back.ts'
import { say } from '../parts/toasts.ts'
import { problemOf } from '../texts/problem.ts'
import { texts } from '../texts/texts.ts'

/** Whether proposals that were decided a moment ago are approved, by their id. */
export const heldPins: HeldStore<number, boolean> = newHeld()

function forget(id: number): void {
  queryClient.setQueryData(proposedPinsQuery.queryKey, (pins) =>
    pins?.filter(({ change }) => change.id !== id),
  )
  queryClient.setQueryData(pinProposalsQuery.queryKey, (changes) =>
    changes?.filter((change) => change.id !== id),
  )
}

/** Approves or rejects a proposed pin: at once on the screen, at the server when undo is over. */
export function decidePin({ id }: PinChange, name: string, isApproved: boolean): void {
  const send = async () => {
    const status = isApproved ? 'approved' : 'rejected'
    try {
      const { meta } = await client.pinChanges.decide(id, { status, reverify: isApproved })
      forget(id)
      if (isApproved) say(texts.customer.pin.judged(meta.reverified))
    } catch (error) {
      say(texts.review.pinFailed(problemOf(error, texts.parts.tryAgain)))
    }
    await renewPlaces()
    heldPins.drop([id])
  }
  heldPins.hold([[id, isApproved]])
  holdBack({ done: texts.review.pinDone(isApproved, name), undo: () => heldPins.drop([id]), send })
}
