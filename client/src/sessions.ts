import type { acceptInvitation } from '@doorstep/contract/invitations'
import type { BodyOf } from '@doorstep/contract/operations'
import type { createSession, createSessionByCode, getSession } from '@doorstep/contract/sessions'
import type { createSetup } from '@doorstep/contract/setup'

import type { AnswerOf } from './answers.ts'
import type { CallOptions, Connection } from './connection.ts'
import { UnauthorizedError } from './errors.ts'
import { get, personOf, remove, send } from './request.ts'

export type Credentials = BodyOf<typeof createSession>
export type SetupDraft = BodyOf<typeof createSetup>
export type Acceptance = BodyOf<typeof acceptInvitation>
export type SessionItem = AnswerOf<typeof getSession>

/**
 * The browser's session, for a client with `token: null` on a page of the server's own origin. The
 * browser handles the cookie; the client adds `X-CSRF-Token` to writes.
 */
export interface Sessions {
  /**
   * Signs in; `data.user` is the user. Never retried. Throws UnauthorizedError for a wrong e-mail
   * or password, UnprocessableError if several accounts match and `account` does not select one,
   * RateLimitedError after too many wrong passwords.
   */
  create(credentials: Credentials, options?: CallOptions): Promise<SessionItem>

  /**
   * Signs in with the code of a one-time link. This and the next two are never retried, and throw
   * UnauthorizedError for a code that was used or has expired, RateLimitedError after too many.
   */
  createByCode(code: string, options?: CallOptions): Promise<SessionItem>

  /**
   * Gives the first admin a name, an e-mail address and a password, and signs them in. Throws
   * NotFoundError once an admin has a password, UnprocessableError.
   */
  setUp(draft: SetupDraft, options?: CallOptions): Promise<SessionItem>

  /** Accepts an invitation with a new password, and signs in. Throws UnprocessableError. */
  acceptInvitation(acceptance: Acceptance, options?: CallOptions): Promise<SessionItem>

  /** The signed-in user. Throws UnauthorizedError if there is none. */
  get(options?: CallOptions): Promise<SessionItem>

  /** Signs out; succeeds if nobody is signed in. */
  remove(options?: CallOptions): Promise<void>
}

const path: typeof getSession.path = '/v2/session'
const codePath: typeof createSessionByCode.path = '/v2/session/code'
const setupPath: typeof createSetup.path = '/v2/setup'
const acceptPath: typeof acceptInvitation.path = '/v2/invitations/accept'

export function sessions(connection: Connection): Sessions {
  const { browserSession } = connection

  /** Later writes belong to the session that answered last. */
  function adopt(item: SessionItem): SessionItem {
    if (browserSession) {
      browserSession.csrfToken = item.data.csrf_token ?? undefined
      browserSession.person = personOf(item.data.user)
    }
    return item
  }

  async function signIn(to: string, data: object, options?: CallOptions): Promise<SessionItem> {
    const call = { method: 'POST', path: to, data, needsSession: false } as const
    return adopt(await send<SessionItem>(connection, call, options))
  }

  return {
    create: (credentials, options) => signIn(path, credentials, options),
    createByCode: (code, options) => signIn(codePath, { code }, options),
    setUp: (draft, options) => signIn(setupPath, draft, options),
    acceptInvitation: (acceptance, options) => signIn(acceptPath, acceptance, options),
    get: async (options) => adopt(await get<SessionItem>(connection, path, {}, options)),
    async remove(options) {
      // NOTE: another tab may have started a new session, which is then the one to end.
      const clear = () => {
        if (!browserSession) return
        browserSession.csrfToken = undefined
        browserSession.person = undefined
      }
      clear()
      try {
        await remove(connection, path, options)
      } catch (error) {
        if (!(error instanceof UnauthorizedError)) throw error
      }
      clear()
    },
  }
}
