import { NetworkError } from '@doorstep/client/errors'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useState, useSyncExternalStore } from 'react'

import { client } from '../api/client.ts'
import { findMine } from '../api/my-visits.ts'
import { sessionQuery } from '../api/sessions.ts'
import { isIphone } from '../offline/install.ts'
import { phoneStore } from '../offline/phone.ts'
import { useSafety } from '../offline/safety.ts'
import { printUnsent } from '../offline/unsent-words.ts'
import { countUnsent, readUnsent, type UnsentCount } from '../offline/unsent.ts'
import { sendUnsent, useUnsent } from '../offline/use-unsent.ts'
import { useWaiting } from '../offline/use-waiting.ts'
import { BottomSheet } from '../parts/BottomSheet.tsx'
import { Button } from '../parts/Button.tsx'
import { useIsPhone } from '../parts/is-phone.ts'
import { Message } from '../parts/Message.tsx'
import { texts } from '../texts/texts.ts'
import { signOutQuestion } from './sign-out-question.ts'
import { useSignOutAtOnce } from './use-sign-out.ts'

const { me: words } = texts

type State = 'idle' | 'sending' | 'unreached' | 'failed'

/** Sends all that waits. Resolves to what is left, and why. */
async function send(): Promise<{ readonly left: UnsentCount; readonly state: State }> {
  await sendUnsent()
  const left = countUnsent(await readUnsent((await phoneStore()).database))
  if (left.all === left.refused) return { left, state: 'idle' }
  const state = await client.session.get().then(
    () => 'failed' as const,
    (error: unknown) => (error instanceof NetworkError ? 'unreached' : 'failed'),
  )
  return { left, state }
}

/** Of whom the server refused something. */
function useRefusedNames(): readonly string[] {
  const waiting = useWaiting()
  const { changes, pins } = useUnsent()
  return [
    ...waiting.filter(({ kind }) => kind === 'refused').map(({ name }) => name),
    ...changes
      .filter(({ problem }) => problem !== null)
      .map(({ id }) => findMine(id)?.resource?.name ?? texts.waiting.unknown),
    ...pins.filter(({ problem }) => problem !== null).map(({ name }) => name),
  ]
}

function labelOf(state: State, { all, refused }: UnsentCount): string {
  if (state === 'sending') return words.sending
  if (all === refused) return words.fix(refused)
  return refused === 0 ? words.send(all) : words.sendAndFix(all - refused, refused)
}

/** What becomes of what waits when somebody signs out. */
function useHelp(): string {
  const { data: session } = useQuery(sessionQuery)
  const safety = useSafety()
  const isPhone = useIsPhone()
  if (safety === 'page') return words.outLost
  const help = words.outHelp(session?.user.name.split(' ')[0] ?? '', isPhone)
  if (safety === 'phone' || !isPhone) return help
  return `${help} ${isIphone() ? words.inTab.iphone : words.inTab.other}`
}

/** Asks somebody who signs out about what is only in this browser. */
export function SignOutSheet() {
  const isOpen = useSyncExternalStore(signOutQuestion.subscribe, signOutQuestion.isAsked)
  const { signOut } = useSignOutAtOnce()
  const router = useRouter()
  const isPhone = useIsPhone()
  const count = countUnsent(useUnsent())
  const refused = useRefusedNames()
  const help = useHelp()
  const isLost = useSafety() === 'page'
  const [state, setState] = useState<State>('idle')
  const sendAll = async () => {
    setState('sending')
    const sent = await send()
    setState(sent.state)
    if (sent.state !== 'idle') return
    signOutQuestion.close()
    if (sent.left.all === 0) signOut()
    else await router.navigate({ to: '/me/outbox' })
  }
  return (
    <BottomSheet
      isOpen={isOpen}
      onClose={() => {
        signOutQuestion.close()
        setState('idle')
      }}
      title={words.outTitle(printUnsent(count), count.all === 1, isPhone)}
      help={help}
      foot={
        <>
          <Button
            kind="primary"
            isWide
            aria-disabled={state === 'sending'}
            onClick={() => state !== 'sending' && void sendAll().catch(() => setState('failed'))}
          >
            {labelOf(state, count)}
          </Button>
          <Button kind="ghost" isWide onClick={signOut}>
            {isLost ? words.lose : words.keep}
          </Button>
        </>
      }
    >
      {refused.length > 0 && (
        <Message kind="trouble">{words.cannotSend(refused.length, refused.join(', '))}</Message>
      )}
      {state === 'unreached' && <Message kind="trouble">{words.sendUnreached}</Message>}
      {state === 'failed' && <Message kind="trouble">{words.sendFailed}</Message>}
    </BottomSheet>
  )
}
