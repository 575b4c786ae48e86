import { UnauthorizedError } from '@doorstep/client/errors'
import { redirect } from '@tanstack/react-router'

import { sessionQuery } from '../api/queries.ts'
import { queryClient } from '../api/query-client.ts'

/** Sends whoever is not signed in to the sign-in, which then leads on to `href`. */
export async function requireSession(href: string): Promise<void> {
  try {
    await queryClient.ensureQueryData(sessionQuery)
  } catch (error) {
    if (!(error instanceof UnauthorizedError)) throw error
    throw redirect({ to: '/sign-in', search: href === '/' ? {} : { next: href }, replace: true })
  }
}
