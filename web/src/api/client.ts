import { createClient } from '@doorstep/client/client'

import { basePath } from '../base-path.ts'
import { sessionExpiry } from '../session/expiry.ts'

/** Whose calls may come from somebody who is not signed in, or has yet to be. */
const open = /^\/v2\/(?:session|setup|invitations)(?![\w-])/

/** A session that ended while somebody works is asked for again over the page, which stays. */
async function send(url: string, init: RequestInit): Promise<Response> {
  const answer = await fetch(url, init)
  const path = new URL(url).pathname.slice(basePath.length)
  if (answer.status === 401 && !open.test(path)) sessionExpiry.begin()
  return answer
}

/** The SDK with the browser's session: it adds the CSRF token, and retries what may be retried. */
export const client = createClient({
  url: `${location.origin}${basePath}`,
  token: null,
  fetch: send,
})
