import { UnauthorizedError } from '@doorstep/client/errors'
import { useQuery } from '@tanstack/react-query'
import { RefreshCw } from 'lucide-react'

import { useIsOnline } from '../offline/connection.ts'
import { lastSentKey } from '../offline/outbox-channel.ts'
import { phoneStore } from '../offline/phone.ts'
import { sendProposals } from '../offline/proposals.ts'
import { useOutbox } from '../offline/use-outbox.ts'
import { time } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'

const { outbox } = texts

async function sendNow(): Promise<void> {
  const { outbox: held } = await phoneStore()
  await Promise.all([held.flush(), sendProposals()])
}

/** When the phone last had sent everything. */
function useLastSent(): string | undefined {
  const { rows, isSending } = useOutbox()
  const { data } = useQuery({
    queryKey: ['phone_sent', rows.length, isSending],
    queryFn: async () => {
      const at = await (await phoneStore()).database.get('facts', lastSentKey)
      return typeof at === 'number' ? at : null
    },
    staleTime: Number.POSITIVE_INFINITY,
  })
  return typeof data === 'number' ? time(new Date(data)) : undefined
}

/** What is in the way, if anything is. */
function useConnection(): string {
  const isOnline = useIsOnline()
  const { error } = useOutbox()
  if (!isOnline) return outbox.offline
  if (error instanceof UnauthorizedError) return outbox.signedOut
  return error ? outbox.unreachable : outbox.online
}

/** When it was last sent, and a way to try now. */
export function OutboxFoot() {
  const sent = useLastSent()
  const connection = useConnection()
  const { isSending } = useOutbox()
  return (
    <div className="outbox-foot">
      <p role="status">
        <b>{outbox.sent(sent)}</b>
        <span>{connection}</span>
      </p>
      <button
        type="button"
        className="way"
        aria-disabled={isSending}
        onClick={() => void sendNow()}
      >
        <RefreshCw aria-hidden="true" />
        {outbox.sendNow}
      </button>
    </div>
  )
}
