import type { FastifyRequest } from 'fastify'

import { accessTokenMs, type AccountClient, type OAuthCode } from '../../domain/oauth.ts'
import { issueTokens, type Origin, useCode } from '../../rules/oauth-grants.ts'
import { hashToken } from '../access/auth.ts'
import { findByPassword } from '../access/passwords.ts'
import type { Tools } from '../request/call.ts'
import { OAuthFailure } from './errors.ts'
import {
  invalidGrant,
  libraryRequest,
  libraryResponse,
  libraryWith,
  type Model,
  type OfferedGrants,
  scopesOf,
} from './library.ts'
import type { Given } from './parameters.ts'

/** A successful answer (RFC 6749, 5.1). */
export interface TokenAnswer {
  readonly access_token: string
  readonly token_type: 'bearer'
  readonly expires_in: number
  readonly refresh_token?: string
  readonly scope: string
}

/** Issues tokens to an authenticated client, by `grant_type`. */
export async function grantTokens(
  tools: Tools,
  offered: OfferedGrants,
  found: AccountClient,
  given: Given,
  request: FastifyRequest,
): Promise<TokenAnswer> {
  const { client } = found
  requireOffered(given.get('grant_type'), offered)
  const model = modelFor(tools, found, given, request)
  const library = libraryWith(client, offered, model)
  const issued = await library.token(libraryRequest(given, client), libraryResponse())
  // Refresh tokens stay valid, since known clients reuse their first one for good.
  const refreshToken = issued.refreshToken ?? given.get('refresh_token')
  return {
    access_token: issued.accessToken,
    token_type: 'bearer',
    expires_in: accessTokenMs / 1000,
    ...(refreshToken !== undefined && { refresh_token: refreshToken }),
    scope: scopesOf(issued.scope).join(' '),
  }
}

/** What the library reads and writes for one request. */
function modelFor(
  tools: Tools,
  { accountKey, client }: AccountClient,
  given: Given,
  request: FastifyRequest,
): Partial<Model> {
  const { store, clock, newSecret } = tools
  const origin = originOf(given)
  const libraryClient = { id: client.uid, grants: [] }
  return {
    generateAccessToken: () => Promise.resolve(newSecret()),
    generateRefreshToken: () => Promise.resolve(newSecret()),
    async getAuthorizationCode(secret) {
      const code = await store.oauth.findCode(accountKey, hashToken(secret))
      if (code?.clientId !== client.id) return undefined
      return { ...toLibraryCode(secret, code), client: libraryClient }
    },
    async revokeAuthorizationCode({ authorizationCode }) {
      const hash = hashToken(authorizationCode)
      const code = await store.oauth.findCode(accountKey, hash)
      const now = clock()
      const isFirst = await store.write(accountKey, (tx) => useCode(tx, hash, now))
      if (!code || !isFirst) throw invalidGrant('The code has been used before.')
      if (code.expiresAt <= now) throw invalidGrant('The code has expired.')
      if ((given.get('redirect_uri') ?? code.redirectUri) !== code.redirectUri) {
        throw invalidGrant('redirect_uri differs from the one that the code was sent to.')
      }
      return true
    },
    async getRefreshToken(secret) {
      const token = await store.oauth.findRefreshToken(accountKey, hashToken(secret))
      if (token?.clientId !== client.id) return undefined
      return {
        refreshToken: secret,
        scope: [...token.scopes],
        client: libraryClient,
        user: { id: token.userId },
      }
    },
    async getUser(username, password) {
      const typed = { email: username, password, request }
      const [found] = await findByPassword(tools, typed, (each) => each.accountKey === accountKey)
      return found && { id: found.userId }
    },
    async saveToken(token, forClient, user) {
      const issue = {
        accessHash: hashToken(token.accessToken),
        refreshHash: token.refreshToken === undefined ? null : hashToken(token.refreshToken),
        userId: Number(user['id']),
        scopes: scopesOf(token.scope),
        origin,
      }
      const isIssued = await store.write(accountKey, (tx) =>
        issueTokens(tx, client, issue, clock()),
      )
      if (!isIssued) throw invalidGrant('The user is not active, or the grant was revoked.')
      return { ...token, client: forClient, user }
    },
  }
}

const toLibraryCode = (secret: string, code: OAuthCode) => ({
  authorizationCode: secret,
  // NOTE: the library uses its own clock, and requires the parameter redirect_uri. So
  // revokeAuthorizationCode checks both.
  expiresAt: new Date(8.64e15),
  redirectUri: '',
  scope: [...code.scopes],
  user: { id: code.userId },
  ...(code.codeChallenge !== null && {
    codeChallenge: code.codeChallenge,
    codeChallengeMethod: code.codeChallengeMethod ?? 'plain',
  }),
})

function requireOffered(grantType: string | undefined, { password }: OfferedGrants): void {
  if (grantType === undefined) {
    throw new OAuthFailure('invalid_request', 'grant_type is missing. Send it in the form.')
  }
  const known = ['authorization_code', 'refresh_token', ...(password ? ['password'] : [])]
  if (known.includes(grantType)) return
  const why = `grant_type must be one of: ${known.join(', ')}.`
  throw new OAuthFailure('unsupported_grant_type', why)
}

function originOf(given: Given): Origin {
  switch (given.get('grant_type')) {
    case 'authorization_code':
      return { kind: 'code', hash: hashToken(given.get('code') ?? '') }
    case 'refresh_token':
      return { kind: 'refresh', hash: hashToken(given.get('refresh_token') ?? '') }
    default:
      return { kind: 'person' }
  }
}
