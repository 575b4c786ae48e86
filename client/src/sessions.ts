import type { BodyOf } from '@doorstep/contract/operations'
import type { createSession, getSession } from '@doorstep/contract/sessions'

import type { AnswerOf } from './answers.ts'
import { UnauthorizedError } from './errors.ts'
import { type CallOptions, type Connection, get, remove, send } from './request.ts'

export type Credentials = BodyOf<typeof createSession>
export type SessionItem = AnswerOf<typeof getSession>

/**
 * Who is signed in with this browser, for a client with `token: null` on a page of the server's own
 * origin. The cookie is the browser's affair, the `X-CSRF-Token` of writes the client's.
 */
export interface Sessions {
  /**
   * Signs in, `data.user` being who. Made once, whatever fails. Throws UnauthorizedError for a wrong
   * e-mail or password, UnprocessableError where several accounts fit and `account` does not say
   * which, RateLimitedError after too many wrong passwords.
   */
  create(credentials: Credentials, options?: CallOptions): Promise<SessionItem>

  /** Who is signed in. Throws UnauthorizedError when nobody is. */
  get(options?: CallOptions): Promise<SessionItem>

  /** Signs out; all is well when nobody is signed in. */
  remove(options?: CallOptions): Promise<void>
}

const path: typeof getSession.path = '/v2/session'

export function sessions(connection: Connection): Sessions {
  const { browserSession } = connection

  /** The session that answered is the one that writes are made in from now on. */
  function keep(item: SessionItem): SessionItem {
    if (browserSession) browserSession.csrfToken = item.data.csrf_token ?? undefined
    return item
  }

  return {
    create: async (data, options) => {
      const call = { method: 'POST', path, data, needsSession: false } as const
      return keep(await send<SessionItem>(connection, call, options))
    },
    get: async (options) => keep(await get<SessionItem>(connection, path, {}, options)),
    async remove(options) {
      // NOTE: the browser may have signed in anew elsewhere, and that session is the one to end.
      const forget = () => {
        if (browserSession) browserSession.csrfToken = undefined
      }
      forget()
      try {
        await remove(connection, path, options)
      } catch (error) {
        if (!(error instanceof UnauthorizedError)) throw error
      }
      forget()
    },
  }
}
