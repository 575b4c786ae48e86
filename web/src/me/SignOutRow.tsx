import { NetworkError } from '@doorstep/client/errors'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { LogOut } from 'lucide-react'
import { useState } from 'react'

import { sessionQuery } from '../api/queries.ts'
import { phoneStore } from '../offline/phone.ts'
import { BottomSheet } from '../parts/BottomSheet.tsx'
import { Button } from '../parts/Button.tsx'
import { Message } from '../parts/Message.tsx'
import { useSignOut } from '../session/use-sign-out.ts'
import { texts } from '../texts/texts.ts'
import { useWaiting } from './use-waiting.ts'

const { me: words } = texts

/** Signs out; with visits that are only on this phone, after saying so. */
export function SignOutRow() {
  const waiting = useWaiting()
  const [isAsking, setIsAsking] = useState(false)
  const { signOut } = useSignOut()
  return (
    <>
      <div className="phone-list">
        <button
          type="button"
          className="phone-row"
          onClick={() => (waiting.length > 0 ? setIsAsking(true) : signOut())}
        >
          <LogOut aria-hidden="true" />
          <b>{words.signOut}</b>
        </button>
      </div>
      <SignOutSheet isOpen={isAsking} onClose={() => setIsAsking(false)} onSignOut={signOut} />
    </>
  )
}

interface SignOutSheetProps {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly onSignOut: () => void
}

function SignOutSheet({ isOpen, onClose, onSignOut }: SignOutSheetProps) {
  const { data: session } = useQuery(sessionQuery)
  const waiting = useWaiting()
  const router = useRouter()
  const [state, setState] = useState<'idle' | 'sending' | 'unreached' | 'failed'>('idle')
  const refused = waiting.filter(({ kind }) => kind === 'refused')
  const toSend = waiting.length - refused.length
  const send = async () => {
    setState('sending')
    const { outbox } = await phoneStore()
    // Another tab may be sending.
    await outbox.flush({ waits: true })
    const { rows: left, error } = outbox.state
    const hasWaiting = left.some(({ refusal }) => !refusal)
    const why = error instanceof NetworkError ? 'unreached' : 'failed'
    setState(hasWaiting ? why : 'idle')
    if (hasWaiting) return
    onClose()
    if (left.length === 0) onSignOut()
    else await router.navigate({ to: '/me/outbox' })
  }
  const label =
    state === 'sending'
      ? words.sending
      : toSend === 0
        ? words.fix(refused.length)
        : refused.length === 0
          ? words.send(toSend)
          : words.sendAndFix(toSend, refused.length)
  return (
    <BottomSheet
      isOpen={isOpen}
      onClose={onClose}
      title={words.outTitle(waiting.length)}
      help={words.outHelp(session?.user.name.split(' ')[0] ?? '')}
      foot={
        <>
          <Button
            kind="primary"
            isWide
            aria-disabled={state === 'sending'}
            onClick={() => state !== 'sending' && void send().catch(() => setState('failed'))}
          >
            {label}
          </Button>
          <Button kind="ghost" isWide onClick={onSignOut}>
            {words.keep}
          </Button>
        </>
      }
    >
      {refused.length > 0 && (
        <Message kind="trouble">
          {words.cannotSend(refused.length, refused.map(({ name }) => name).join(', '))}
        </Message>
      )}
      {state === 'unreached' && <Message kind="trouble">{words.sendUnreached}</Message>}
      {state === 'failed' && <Message kind="trouble">{words.sendFailed}</Message>}
    </BottomSheet>
  )
}
