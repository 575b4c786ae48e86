import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'

import { sessionQuery } from '../api/sessions.ts'
import { sendWhatWaits } from '../offline/phone.ts'
import { sendPlans } from '../offline/plans.ts'
import { sendProposals } from '../offline/proposals.ts'
import { sendVisitChanges } from '../offline/visit-changes.ts'
import { whenConnected } from '../offline/when-connected.ts'

/** Sends what waited for somebody to sign in. */
function useSendingOnSignIn(): void {
  const { data: session } = useQuery(sessionQuery)
  const id = session?.user.id
  useEffect(() => {
    if (id !== undefined) void sendWhatWaits()
  }, [id])
}

/** The service worker says when the browser has a network again (Background Sync). */
function useSendingOnSync(): void {
  useEffect(() => {
    const hear = ({ data }: MessageEvent) => {
      if (data === 'send') void sendWhatWaits()
    }
    navigator.serviceWorker?.addEventListener('message', hear)
    return () => navigator.serviceWorker?.removeEventListener('message', hear)
  }, [])
}

/** Sends what was changed on this device without a network. */
function useSending(): void {
  useEffect(
    () =>
      whenConnected(() => {
        void sendPlans().catch(noteUnsent)
        void sendVisitChanges().catch(noteUnsent)
        void sendProposals().catch(noteUnsent)
      }),
    [],
  )
}

// NOTE: a browser that refuses to keep anything has nothing to send.
const noteUnsent = (error: unknown) => console.warn('Nothing was sent:', error)

/** Sends what this device holds back for want of a network or a session. It shows nothing. */
export function Sending() {
  useSendingOnSignIn()
  useSendingOnSync()
  useSending()
  return null
}
