import type { perPageMax } from '@doorstep/contract/limits'
import type { BodyOf, QueryOf } from '@doorstep/contract/operations'
import type { createToken, listTokens } from '@doorstep/contract/tokens'

import type { AnswerOf } from './answers.ts'
import { lists, type Lists } from './pages.ts'
import { type CallOptions, type Connection, remove } from './request.ts'
import { createOnce } from './writes.ts'

export type TokenQuery = QueryOf<typeof listTokens>
export type TokenPage = AnswerOf<typeof listTokens>
export type TokenDraft = BodyOf<typeof createToken>
export type NewTokenItem = AnswerOf<typeof createToken>

/** Personal tokens, one's own or, for admins, another user's; scope `profile`, and `write` too for changes. */
export interface Tokens extends Lists<TokenQuery, TokenPage> {
  /**
   * Makes a token; `data.token` is its secret, told this once. Made once, whatever fails: a token
   * whose answer was lost stands in the list. Throws UnprocessableError, ForbiddenError.
   */
  create(draft: TokenDraft, options?: CallOptions): Promise<NewTokenItem>

  /**
   * Revokes the token at once. Throws NotFoundError, unless an earlier attempt of this call had
   * lost its answer.
   */
  remove(id: number, options?: CallOptions): Promise<void>
}

const path: typeof listTokens.path = '/v2/tokens'
const perPage: typeof perPageMax = 100

export const tokens = (connection: Connection): Tokens => ({
  ...lists<TokenQuery, TokenPage>(connection, path, perPage),
  create: (draft, options) => createOnce(connection, path, draft, {}, options),
  remove: (id, options) => remove(connection, `${path}/${id}`, options),
})
