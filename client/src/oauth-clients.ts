import type { createOAuthClient, listOAuthClients } from '@doorstep/contract/oauth-clients'
import type { BodyOf, QueryOf } from '@doorstep/contract/operations'

import type { AnswerOf } from './answers.ts'
import type { Connection } from './connection.ts'
import { type Secrets, secrets } from './secrets.ts'

export type OAuthClientQuery = QueryOf<typeof listOAuthClients>
export type OAuthClientPage = AnswerOf<typeof listOAuthClients>
export type OAuthClientDraft = BodyOf<typeof createOAuthClient>
export type NewOAuthClientItem = AnswerOf<typeof createOAuthClient>

/**
 * The programs that may request tokens; for admins. `data.client_secret` is the secret, null for a
 * public program.
 */
export type OAuthClients = Secrets<
  OAuthClientQuery,
  OAuthClientPage,
  OAuthClientDraft,
  NewOAuthClientItem
>

const path: typeof listOAuthClients.path = '/v2/oauth_clients'

export const oauthClients = (connection: Connection): OAuthClients => secrets(connection, path)
