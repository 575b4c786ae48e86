import type { perPageMax } from '@doorstep/contract/limits'
import type { createOAuthClient, listOAuthClients } from '@doorstep/contract/oauth-clients'
import type { BodyOf, QueryOf } from '@doorstep/contract/operations'

import type { AnswerOf } from './answers.ts'
import { lists, type Lists } from './pages.ts'
import { type CallOptions, type Connection, remove } from './request.ts'
import { createOnce } from './writes.ts'

export type OAuthClientQuery = QueryOf<typeof listOAuthClients>
export type OAuthClientPage = AnswerOf<typeof listOAuthClients>
export type OAuthClientDraft = BodyOf<typeof createOAuthClient>
export type NewOAuthClientItem = AnswerOf<typeof createOAuthClient>

/** The programs that may ask for tokens; for admins, scope `profile`, and `write` too for changes. */
export interface OAuthClients extends Lists<OAuthClientQuery, OAuthClientPage> {
  /**
   * Registers a program; `data.client_secret` is told this once, null for a public one. Made once,
   * whatever fails: a program whose answer was lost stands in the list. Throws UnprocessableError.
   */
  create(draft: OAuthClientDraft, options?: CallOptions): Promise<NewOAuthClientItem>

  /**
   * Removes the program and ends all its tokens. Throws NotFoundError, unless an earlier attempt of
   * this call had lost its answer.
   */
  remove(id: number, options?: CallOptions): Promise<void>
}

const path: typeof listOAuthClients.path = '/v2/oauth_clients'
const perPage: typeof perPageMax = 100

export const oauthClients = (connection: Connection): OAuthClients => ({
  ...lists<OAuthClientQuery, OAuthClientPage>(connection, path, perPage),
  create: (draft, options) => createOnce(connection, path, draft, {}, options),
  remove: (id, options) => remove(connection, `${path}/${id}`, options),
})
