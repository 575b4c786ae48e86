import { client } from '../api/client.ts'
import { reviewCountsQuery } from '../api/queries.ts'
import { queryClient, renew } from '../api/query-client.ts'
import { type ProposedPin, proposedPinsQuery, renewUnplaced } from '../api/unplaced.ts'
import { holdBack } from '../parts/hold-back.ts'
import { say } from '../parts/toasts.ts'
import { texts } from '../texts/texts.ts'

const { review } = texts
const key = proposedPinsQuery.queryKey

function putBack(pin: ProposedPin): void {
  queryClient.setQueryData(key, (pins) =>
    [...(pins ?? []).filter(({ change }) => change.id !== pin.change.id), pin].toSorted(
      (a, b) => a.change.id - b.change.id,
    ),
  )
}

/** Approves or rejects a proposed pin: at once on the screen, at the server when undo is over. */
export function decidePin(pin: ProposedPin, isApproved: boolean): void {
  const { change, customer } = pin
  queryClient.setQueryData(key, (pins) => pins?.filter(({ change: { id } }) => id !== change.id))
  holdBack({
    done: review.pinDone(isApproved, customer.name),
    undo: () => putBack(pin),
    send: async () => {
      const status = isApproved ? 'approved' : 'rejected'
      try {
        await client.pinChanges.decide(change.id, { status, reverify: isApproved })
        if (isApproved) void renew(['visits'])
      } catch (error) {
        putBack(pin)
        say(review.pinFailed(error instanceof Error ? error.message : String(error)))
      }
      void queryClient.invalidateQueries({ queryKey: reviewCountsQuery.queryKey })
      await renewUnplaced(customer)
    },
  })
}
