import type OAuth2Server from '@node-oauth/oauth2-server'

import { codeMs, type AccountClient, isRegistered } from '../../domain/oauth.ts'
import type { Scope } from '../../domain/scopes.ts'
import { issueTokens } from '../../rules/oauth-grants.ts'
import { hashToken } from '../access/auth.ts'
import type { Tools } from '../request/call.ts'
import { OAuthFailure } from './errors.ts'
import {
  invalidGrant,
  libraryRequest,
  libraryResponse,
  libraryWith,
  type OfferedGrants,
  scopesOf,
} from './library.ts'
import type { Given } from './parameters.ts'

/** A request to authorize, from a known client and with one of its registered redirect URIs. */
export interface Authorization extends AccountClient {
  readonly redirectUri: string
  /** The answer goes into the fragment (RFC 6749, 4.2). */
  readonly isImplicit: boolean
  readonly given: Given
}

/** Throws if the client or redirect URI is unknown: the user must not be redirected then. */
export async function findAuthorization(
  { store }: Tools,
  given: Given,
  offered: OfferedGrants,
): Promise<Authorization> {
  const found = await store.oauth.findClient(given.get('client_id') ?? '')
  if (!found)
    throw new OAuthFailure(
      'invalid_client',
      'client_id is not registered on this server. Ask an admin to add the program.',
    )
  const { redirectUris } = found.client
  const [only, ...others] = redirectUris
  const redirectUri = given.get('redirect_uri') ?? (others.length === 0 ? only : undefined)
  if (redirectUri === undefined || !isRegistered(redirectUri, redirectUris)) {
    const why = 'redirect_uri must exactly match one that is registered for the client.'
    throw new OAuthFailure('invalid_request', why)
  }
  const isImplicit = offered.implicit && given.get('response_type') === 'token'
  return { ...found, redirectUri, isImplicit, given }
}

/** The scopes that may be granted. Throws the error to report to the client. */
export async function findGrantable(authorization: Authorization, offered: OfferedGrants) {
  const { scopes } = await authorize(authorization, offered, 0, () => Promise.resolve())
  return scopes
}

/** Grants the request. Returns the URL to redirect the user to, with a code or a token. */
export async function allow(
  { store, clock, newSecret }: Tools,
  authorization: Authorization,
  offered: OfferedGrants,
  userId: number,
): Promise<string> {
  const { accountKey, client, redirectUri, isImplicit } = authorization
  const secret = newSecret()
  const { scopes } = await authorize(authorization, offered, userId, async (code, granted) => {
    if (isImplicit) return
    const now = clock()
    await store.write(accountKey, async (tx) => {
      const user = (await tx.users.find([userId])).get(userId)
      if (user?.status !== 'active') throw invalidGrant('The user is not active.')
      await tx.oauth.addCode({
        hash: hashToken(secret),
        clientId: client.id,
        userId,
        scopes: granted,
        redirectUri,
        codeChallenge: code.codeChallenge ?? null,
        codeChallengeMethod: code.codeChallengeMethod ?? null,
        createdAt: now,
        expiresAt: now + codeMs,
      })
    })
  })
  if (!isImplicit) return redirectTo(authorization, { code: secret })
  const origin = { kind: 'person' } as const
  const issue = { accessHash: hashToken(secret), refreshHash: null, userId, scopes, origin }
  const isIssued = await store.write(accountKey, (tx) => issueTokens(tx, client, issue, clock()))
  if (!isIssued) throw invalidGrant('The user is not active.')
  return redirectTo(authorization, {
    access_token: secret,
    token_type: 'bearer',
    expires_in: '3600',
    scope: scopes.join(' '),
  })
}

type KnownCode = Pick<OAuth2Server.AuthorizationCode, 'codeChallenge' | 'codeChallengeMethod'>

async function authorize(
  { client, given, redirectUri, isImplicit }: Authorization,
  offered: OfferedGrants,
  userId: number,
  save: (code: KnownCode, scopes: readonly Scope[]) => Promise<void>,
): Promise<{ scopes: Scope[] }> {
  requireChallenge(given, client.secretHash === null && !isImplicit)
  // NOTE: `findAuthorization` has compared the address already, which the library does otherwise.
  const library = libraryWith({ ...client, redirectUris: [redirectUri] }, offered, {
    generateAuthorizationCode: () => Promise.resolve('code'),
    async saveAuthorizationCode(code, forClient, user) {
      await save(code, scopesOf(code.scope))
      return { ...code, client: forClient, user }
    },
  })
  const parameters = new Map([
    ...given,
    ['redirect_uri', redirectUri],
    ...(isImplicit ? [['response_type', 'code'] as const] : []),
  ])
  const authenticateHandler = { handle: () => ({ id: userId }) }
  const request = libraryRequest(parameters, client)
  const { scope } = await library.authorize(request, libraryResponse(), { authenticateHandler })
  return { scopes: scopesOf(scope) }
}

/** RFC 7636, 4.2; the library checks only the method. */
function requireChallenge(given: Given, isRequired: boolean): void {
  const challenge = given.get('code_challenge')
  if (challenge === undefined) {
    const why = 'A client without a secret must send code_challenge (PKCE).'
    if (isRequired) throw new OAuthFailure('invalid_request', why)
  } else if (!/^[\w.~-]{43,128}$/.test(challenge)) {
    throw new OAuthFailure(
      'invalid_request',
      'code_challenge is malformed. Send 43 to 128 letters, digits, or any of -._~',
    )
  }
}

/** The client's redirect URI with the answer, and with the client's `state` unchanged. */
export function redirectTo(
  { redirectUri, isImplicit, given }: Authorization,
  answer: Readonly<Record<string, string>>,
): string {
  const state = given.get('state')
  const parameters = { ...answer, ...(state !== undefined && { state }) }
  if (isImplicit) return `${redirectUri}#${new URLSearchParams(parameters).toString()}`
  const url = new URL(redirectUri)
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return url.href
}
