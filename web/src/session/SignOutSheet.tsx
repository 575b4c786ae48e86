import { NetworkError } from '@doorstep/client/errors'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useState, useSyncExternalStore } from 'react'

import { sessionQuery } from '../api/queries.ts'
import { useWaiting } from '../me/use-waiting.ts'
import { phoneStore } from '../offline/phone.ts'
import { BottomSheet } from '../parts/BottomSheet.tsx'
import { Button } from '../parts/Button.tsx'
import { Message } from '../parts/Message.tsx'
import { useIsPhone } from '../shells/is-phone.ts'
import { texts } from '../texts/texts.ts'
import { signOutQuestion } from './sign-out-question.ts'
import { useSignOutAtOnce } from './use-sign-out.ts'

const { me: words } = texts

/** Asks somebody who signs out about the visits that are only in this browser. */
export function SignOutSheet() {
  const isOpen = useSyncExternalStore(signOutQuestion.subscribe, signOutQuestion.isAsked)
  const { signOut } = useSignOutAtOnce()
  const { data: session } = useQuery(sessionQuery)
  const waiting = useWaiting()
  const router = useRouter()
  const isPhone = useIsPhone()
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
    signOutQuestion.close()
    if (left.length === 0) signOut()
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
      onClose={() => {
        signOutQuestion.close()
        setState('idle')
      }}
      title={words.outTitle(waiting.length, isPhone)}
      help={words.outHelp(session?.user.name.split(' ')[0] ?? '', isPhone)}
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
          <Button kind="ghost" isWide onClick={signOut}>
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
