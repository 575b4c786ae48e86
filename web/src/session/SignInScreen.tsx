import type { SessionItem } from '@doorstep/client/sessions'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'

import { appQuery } from '../api/app-info.ts'
import { client } from '../api/client.ts'
import { Message } from '../parts/Message.tsx'
import { texts } from '../texts/texts.ts'
import { beginSession } from './begin-session.ts'
import { codeInLink } from './code-in-link.ts'
import { Gate } from './Gate.tsx'
import { NeedsSetup } from './NeedsSetup.tsx'
import { signInProblem } from './sign-in-problem.ts'
import { SignInForm } from './SignInForm.tsx'

const { session } = texts

/** Signs in with the code of a one-time link, once. */
function useCodeInLink(onSignedIn: (data: SessionItem['data']) => void) {
  const code = useRef(codeInLink())
  const signIn = useMutation({
    mutationFn: (given: string) => client.session.createByCode(given),
    onSuccess: ({ data }) => onSignedIn(data),
  })
  const { mutate } = signIn
  useEffect(() => {
    const given = code.current
    code.current = undefined
    if (given !== undefined) mutate(given)
  }, [mutate])
  return signIn
}

export function SignInScreen() {
  const { data: app } = useQuery(appQuery)
  const { next } = useSearch({ from: '/sign-in' })
  const router = useRouter()
  const goOn = (data: SessionItem['data']) => {
    beginSession(data)
    void router.navigate({ href: next ?? '/', replace: true })
  }
  const byCode = useCodeInLink(goOn)
  if (byCode.isPending) return <Gate>{session.signingIn}</Gate>
  if (app?.needs_setup) return <NeedsSetup />
  return (
    <Gate fine={app && session.version(location.host, app.version)}>
      <h1>{session.title(app?.account_name ?? null)}</h1>
      {byCode.error && (
        <div className="form">
          <Message kind="warning">{signInProblem(byCode.error, session.usedLink)}</Message>
        </div>
      )}
      <SignInForm onSignedIn={goOn} />
      <p className="muted">{session.forgotten}</p>
    </Gate>
  )
}
