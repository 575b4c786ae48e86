import './shells.css'
import { useQuery } from '@tanstack/react-query'
import { lazyRouteComponent } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState, useSyncExternalStore } from 'react'

import { followVisits } from '../api/live.ts'
import { sessionQuery } from '../api/sessions.ts'
import { Commands } from '../commands/Commands.tsx'
import { useIsPhone } from '../parts/is-phone.ts'
import { signOutQuestion } from '../session/sign-out-question.ts'
import { Desk } from './Desk.tsx'
import { loadSending } from './load-sending.ts'
import { UpdatePill } from './UpdatePill.tsx'

export const loadPhone = () => import('./Phone.tsx')
// The desk's first load has neither.
const Phone = lazyRouteComponent(loadPhone, 'Phone')
const Sending = lazy(loadSending)
const SignOutSheet = lazy(async () => ({
  default: (await import('../session/SignOutSheet.tsx')).SignOutSheet,
}))

/** Keeps every screen up to date for whoever is signed in. */
function useLive(): void {
  const { data: session } = useQuery(sessionQuery)
  const { id, role } = session?.user ?? {}
  useEffect(() => {
    if (id !== undefined && role !== undefined) return followVisits({ id, role })
    return undefined
  }, [id, role])
}

/** The question of whoever signs out, from when it is first asked. */
function SignOutAsked() {
  const isAsked = useSyncExternalStore(signOutQuestion.subscribe, signOutQuestion.isAsked)
  const [wasAsked, setWasAsked] = useState(isAsked)
  if (isAsked && !wasAsked) setWasAsked(true)
  return <Suspense>{wasAsked && <SignOutSheet />}</Suspense>
}

export function Shell() {
  useLive()
  const isPhone = useIsPhone()
  return (
    <Suspense>
      {isPhone ? <Phone /> : <Desk />}
      <UpdatePill />
      <Commands />
      <Suspense>
        <Sending />
      </Suspense>
      <SignOutAsked />
    </Suspense>
  )
}
