import type { BodyOf, QueryOf } from '@doorstep/contract/operations'
import type { createToken, listTokens } from '@doorstep/contract/tokens'

import type { AnswerOf } from './answers.ts'
import type { Connection } from './connection.ts'
import { type Secrets, secrets } from './secrets.ts'

export type TokenQuery = QueryOf<typeof listTokens>
export type TokenPage = AnswerOf<typeof listTokens>
export type TokenDraft = BodyOf<typeof createToken>
export type NewTokenItem = AnswerOf<typeof createToken>

/** Personal tokens, the user's own or, for admins, any user's; `data.token` is the secret. */
export type Tokens = Secrets<TokenQuery, TokenPage, TokenDraft, NewTokenItem>

const path: typeof listTokens.path = '/v2/tokens'

export const tokens = (connection: Connection): Tokens => secrets(connection, path)
