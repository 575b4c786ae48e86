import { NetworkError, UnauthorizedError } from '@doorstep/client/errors'
import type { SessionItem } from '@doorstep/client/sessions'
import { redirect } from '@tanstack/react-router'

import { client } from '../api/client.ts'
import { keepLastSession, readLastSession } from '../api/last-session.ts'
import { queryClient } from '../api/query-client.ts'
import { sessionQuery } from '../api/sessions.ts'
import { phoneStore } from '../offline/phone.ts'

/** How long a screen waits for the server where somebody is known to have been signed in. */
const waitMs = 3_000

/**
 * Sends whoever is not signed in to the sign-in, which then leads on to `href`. Where the server does
 * not answer, the person who was signed in last goes on with what this device holds.
 */
export async function requireSession(href: string): Promise<void> {
  try {
    await whenKnown()
    await recall()
  } catch (error) {
    if (!(error instanceof UnauthorizedError)) throw error
    throw redirect({ to: '/sign-in', search: href === '/' ? {} : { next: href }, replace: true })
  }
}

/** What this device keeps is shown before the server answers, and without it. */
async function recall(): Promise<void> {
  try {
    await phoneStore()
  } catch (error) {
    // A browser may refuse to keep anything: there is a network, so screens go on.
    console.warn('Nothing is kept on this device:', error)
  }
}

async function whenKnown(): Promise<void> {
  const known = queryClient.getQueryData(sessionQuery.queryKey)
  if (known) return noteSession(known)
  const last = readLastSession()?.session
  const asked = queryClient.ensureQueryData(sessionQuery).then(noteSession)
  if (!last) return asked
  try {
    await Promise.race([asked, navigator.onLine ? tooLong() : unreached()])
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error
    // Old at once, so that it is asked for again.
    queryClient.setQueryData(sessionQuery.queryKey, last, { updatedAt: 1 })
  }
}

const unreached = (): Promise<never> =>
  Promise.reject(new NetworkError({ message: '', code: 'network_error', details: '' }))

const tooLong = async (): Promise<never> => {
  await new Promise((resolve) => setTimeout(resolve, waitMs))
  return unreached()
}

/** Remembers who is signed in, for when there is no network. */
export async function noteSession(session: SessionItem['data']): Promise<void> {
  const last = readLastSession()
  const { id, email } = session.user
  if (last?.session.user.id === id && last.session.user.email === email) return
  keepLastSession({ accountId: (await client.account.self()).data.id, session })
}
