import { createClient, type ClientOptions } from '@doorstep/client/client'

import { basePath } from '../base-path.ts'
import { sessionExpiry } from './session-expiry.ts'

/** Whose calls may come from somebody who is not signed in, or has yet to be. */
const open = /^\/v2\/(?:session|setup|invitations)(?![\w-])/

/** Browsers keep 64 KiB of what a page sent as it went away, in all. */
const keptMax = 4_000

/**
 * What is written is sent to its end, even if the tab is closed meanwhile. A session that ended while
 * somebody works is asked for again over the page, which stays.
 */
const send: NonNullable<ClientOptions['fetch']> = async (url, init) => {
  const isSmall = typeof init.body !== 'string' || init.body.length <= keptMax
  const answer = await fetch(url, { ...init, keepalive: init.method !== 'GET' && isSmall })
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
