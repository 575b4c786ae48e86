import { UnauthorizedError } from '@doorstep/client/errors'
import { useQuery } from '@tanstack/react-query'
import { RefreshCw } from 'lucide-react'

import { useIsOnline } from '../offline/connection.ts'
import { lastSentKey } from '../offline/outbox-channel.ts'
import { phoneStore } from '../offline/phone.ts'
import { useOutbox } from '../offline/use-outbox.ts'
import { sendUnsent } from '../offline/use-unsent.ts'
import { texts } from '../texts/texts.ts'
import { whenOf } from '../texts/when.ts'

const { outbox } = texts

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
  return typeof data === 'number' ? whenOf(data) : undefined
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
export function OutboxFoot({ isEmpty }: { readonly isEmpty: boolean }) {
  const sent = useLastSent()
  const connection = useConnection()
  const { isSending } = useOutbox()
  return (
    <div className="outbox-foot">
      <p role="status">
        <b>{outbox.sent(sent)}</b>
        <span>{connection}</span>
      </p>
      {!isEmpty && (
        <button
          type="button"
          className="outbox-way"
          aria-disabled={isSending}
          onClick={() => void sendUnsent()}
        >
          <RefreshCw aria-hidden="true" />
          {outbox.sendNow}
        </button>
      )}
    </div>
  )
}
