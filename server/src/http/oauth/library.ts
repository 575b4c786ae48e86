import OAuth2Server from '@node-oauth/oauth2-server'

import { accessTokenMs, codeMs, type OAuthClient } from '../../domain/oauth.ts'
import { parseScopes, type Scope, scopes as allScopes } from '../../domain/scopes.ts'
import { OAuthFailure } from './errors.ts'
import type { Given } from './parameters.ts'

/** Grants that are offered in addition to authorization code and refresh. */
export interface OfferedGrants {
  readonly password: boolean
  readonly implicit: boolean
}

export type Model = OAuth2Server.AuthorizationCodeModel &
  OAuth2Server.RefreshTokenModel &
  OAuth2Server.PasswordModel

const refuse = (): Promise<never> =>
  Promise.reject(new Error('the library called a function that this endpoint does not need'))

/** The library with the model functions that one request needs. A call of another one is a bug. */
export function libraryWith(
  client: OAuthClient,
  { password }: OfferedGrants,
  parts: Partial<Model>,
): OAuth2Server {
  const isPublic = client.secretHash === null
  const model: Model = {
    // NOTE: the client has been authenticated already, in the same way for all endpoints.
    getClient: () =>
      Promise.resolve({
        id: client.uid,
        redirectUris: [...client.redirectUris],
        grants: [
          'authorization_code',
          'refresh_token',
          ...(password && !isPublic ? ['password'] : []),
        ],
      }),
    validateScope: (_user, _client, scope) => Promise.resolve(grantedScopes(scope)),
    getAccessToken: refuse,
    saveToken: refuse,
    getAuthorizationCode: refuse,
    saveAuthorizationCode: refuse,
    revokeAuthorizationCode: refuse,
    getRefreshToken: refuse,
    revokeToken: refuse,
    getUser: refuse,
    ...parts,
  }
  const options = {
    model,
    accessTokenLifetime: accessTokenMs / 1000,
    authorizationCodeLifetime: codeMs / 1000,
    allowEmptyState: true,
    alwaysIssueNewRefreshToken: false,
    enablePlainPKCE: true,
    requireClientAuthentication: {
      authorization_code: false,
      refresh_token: false,
      password: false,
    },
  }
  return new OAuth2Server(options)
}

/** All four if none is requested; false: some are unknown. */
const grantedScopes = (requested: readonly string[] | undefined): Scope[] | false =>
  requested === undefined ? [...allScopes] : (parseScopes(requested.join(' ')) ?? false)

export const scopesOf = (granted: readonly string[] | undefined): Scope[] =>
  parseScopes((granted ?? []).join(' ')) ?? []

/** The library reads forms only, takes each parameter from its body, and knows no commas. */
export function libraryRequest(given: Given, { uid }: OAuthClient): OAuth2Server.Request {
  const scope = parseScopes(given.get('scope') ?? '')?.join(' ')
  return new OAuth2Server.Request({
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': '1' },
    query: {},
    body: { ...Object.fromEntries(given), ...(scope && { scope }), client_id: uid },
  })
}

export const libraryResponse = (): OAuth2Server.Response => new OAuth2Server.Response()

export const invalidGrant = (description: string): OAuthFailure =>
  new OAuthFailure('invalid_grant', description)
