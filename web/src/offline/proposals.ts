import { DoorstepError, NetworkError } from '@doorstep/client/errors'
import type { PinChangeDraft } from '@doorstep/client/pin-changes'
import { queryOptions, useQuery } from '@tanstack/react-query'

import { client } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { phoneStore } from './phone.ts'
import { type Proposal, proposalKey, readProposals } from './waiting-pins.ts'

const lockName = 'doorstep-pins'

const proposalsQuery = queryOptions({
  queryKey: ['phone_proposals'],
  queryFn: async () => readProposals((await phoneStore()).database),
  staleTime: Number.POSITIVE_INFINITY,
})

/** Those that wait on this phone. */
export function useProposals(): readonly Proposal[] {
  const { data = [] } = useQuery(proposalsQuery)
  return data
}

const readAgain = () => queryClient.invalidateQueries({ queryKey: proposalsQuery.queryKey })

async function keep(proposal: Proposal): Promise<void> {
  const { database } = await phoneStore()
  await database.put('facts', proposal, proposalKey(proposal))
  await readAgain()
}

/** Gives one up. Returns how to put it back. */
export async function dropProposal(proposal: Proposal): Promise<() => Promise<void>> {
  const { database } = await phoneStore()
  await database.delete('facts', proposalKey(proposal))
  await readAgain()
  return () => keep(proposal)
}

/** It is safe on this phone when this resolves, and is being sent. */
export async function proposePin(name: string, draft: PinChangeDraft): Promise<void> {
  const key = `${String(Date.now()).padStart(15, '0')} ${crypto.randomUUID()}`
  await keep({ key, name, draft, problem: null })
  void sendProposals()
}

/** Whether an earlier attempt, whose answer was lost, has reached the server. */
async function isThere({ draft }: Proposal): Promise<boolean> {
  for await (const known of client.pinChanges.each({ status: 'pending' })) {
    const isSame =
      known.resource_type === draft.resource_type && known.resource_id === draft.resource_id
    if (isSame && known.latitude === draft.latitude && known.longitude === draft.longitude)
      return true
  }
  return false
}

/** Sends what waits, one tab at a time. `waits`: after another tab has done so; otherwise not then. */
export async function sendProposals({ waits = false } = {}): Promise<void> {
  await navigator.locks.request(lockName, waits ? {} : { ifAvailable: true }, async (lock) => {
    if (!lock) return
    const { database } = await phoneStore()
    for (const proposal of await queryClient.fetchQuery({ ...proposalsQuery, staleTime: 0 })) {
      if (proposal.problem !== null) continue
      try {
        if (!(await isThere(proposal))) await client.pinChanges.create(proposal.draft)
        await database.delete('facts', proposalKey(proposal))
      } catch (error) {
        if (!isRefused(error)) return
        await keep({ ...proposal, problem: error.details })
      }
    }
    await readAgain()
    await queryClient.invalidateQueries({ queryKey: ['customers', 'pin_changes'] })
  })
}

function isRefused(error: unknown): error is DoorstepError {
  if (!(error instanceof DoorstepError) || error instanceof NetworkError) return false
  const { status = 0 } = error
  return status === 403 || status === 404 || status === 422
}
