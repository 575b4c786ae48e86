import './shells.css'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'

import { followVisits } from '../api/live.ts'
import { sessionQuery } from '../api/queries.ts'
import { Commands } from '../commands/Commands.tsx'
import { sendWhatWaits } from '../offline/phone.ts'
import { sendPlans } from '../offline/plans.ts'
import { useProposalSending } from '../offline/proposals.ts'
import { sendVisitChanges } from '../offline/visit-changes.ts'
import { whenConnected } from '../offline/when-connected.ts'
import { Desk } from './Desk.tsx'
import { useIsPhone } from './is-phone.ts'
import { Phone } from './Phone.tsx'
import { UpdatePill } from './UpdatePill.tsx'

/** Keeps every screen up to date for whoever is signed in. */
function useLive(): void {
  const { data: session } = useQuery(sessionQuery)
  const { id, role } = session?.user ?? {}
  useEffect(() => {
    if (id !== undefined && role !== undefined) return followVisits({ id, role })
    return undefined
  }, [id, role])
}

/** Sends what waited for somebody to sign in. */
function useSendingOnSignIn(): void {
  const { data: session } = useQuery(sessionQuery)
  const id = session?.user.id
  useEffect(() => {
    if (id !== undefined) void sendWhatWaits()
  }, [id])
}

/** Sends what was changed on this device without a network. */
function useSending(): void {
  useEffect(
    () =>
      whenConnected(() => {
        void sendPlans().catch(noteUnsent)
        void sendVisitChanges().catch(noteUnsent)
      }),
    [],
  )
}

// NOTE: a browser that refuses to keep anything has nothing to send.
const noteUnsent = (error: unknown) => console.warn('Nothing was sent:', error)

export function Shell() {
  useLive()
  useProposalSending()
  useSendingOnSignIn()
  useSending()
  const isPhone = useIsPhone()
  return (
    <>
      {isPhone ? <Phone /> : <Desk />}
      <UpdatePill />
      <Commands />
    </>
  )
}
