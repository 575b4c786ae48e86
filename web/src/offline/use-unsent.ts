import { phoneStore } from './phone.ts'
import { sendPlans, useChangedPlans } from './plans.ts'
import { sendProposals, useProposals } from './proposals.ts'
import type { Unsent } from './unsent.ts'
import { useOutbox } from './use-outbox.ts'
import { sendVisitChanges, useChangedVisits } from './visit-changes.ts'

/** What waits on this phone, also what the server refused. */
export function useUnsent(): Unsent {
  const { rows: visits } = useOutbox()
  return {
    visits,
    changes: useChangedVisits(),
    plans: useChangedPlans(),
    pins: useProposals(),
  }
}

/** Sends all that waits, after another tab that is sending. */
export async function sendUnsent(): Promise<void> {
  const { outbox } = await phoneStore()
  await Promise.all([
    outbox.flush({ waits: true }),
    sendPlans(),
    sendVisitChanges(),
    sendProposals({ waits: true }),
  ])
}
