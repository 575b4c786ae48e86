import type OAuth2Server from '@node-oauth/oauth2-server'

import { codeMs, type FoundClient } from '../../domain/oauth.ts'
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

/** A request to authorize whose client and address to go back to are known to belong together. */
export interface Authorization extends FoundClient {
  readonly redirectUri: string
  /** Its answer stands in the fragment (RFC 6749, 4.2). */
  readonly isImplicit: boolean
  readonly given: Given
}

/** Throws where the person must not be sent anywhere. */
export async function findAuthorization(
  { store }: Tools,
  given: Given,
  offered: OfferedGrants,
): Promise<Authorization> {
  const found = await store.oauth.findClient(given.get('client_id') ?? '')
  if (!found) throw new OAuthFailure('invalid_client', 'client_id names no client of this server.')
  const { redirectUris } = found.client
  const [only, ...others] = redirectUris
  const redirectUri = given.get('redirect_uri') ?? (others.length === 0 ? only : undefined)
  if (redirectUri === undefined || !redirectUris.includes(redirectUri)) {
    const why = 'redirect_uri must be exactly one of those that are registered for the client.'
    throw new OAuthFailure('invalid_request', why)
  }
  const isImplicit = offered.implicit && given.get('response_type') === 'token'
  return { ...found, redirectUri, isImplicit, given }
}

/** What may be granted; throws what the client has to be told. */
export async function judge(authorization: Authorization, offered: OfferedGrants) {
  const { scopes } = await ask(authorization, offered, 0, () => Promise.resolve())
  return scopes
}

/** Where to send the person who has allowed it: with a code, or with a token. */
export async function allow(
  { store, clock, newSecret }: Tools,
  authorization: Authorization,
  offered: OfferedGrants,
  userId: number,
): Promise<string> {
  const { accountKey, client, redirectUri, isImplicit } = authorization
  const secret = newSecret()
  const { scopes } = await ask(authorization, offered, userId, async (code, granted) => {
    if (isImplicit) return
    const now = clock()
    await store.write(accountKey, (tx) =>
      tx.oauth.addCode({
        hash: hashToken(secret),
        clientId: client.id,
        userId,
        scopes: granted,
        redirectUri,
        codeChallenge: code.codeChallenge ?? null,
        codeChallengeMethod: code.codeChallengeMethod ?? null,
        createdAt: now,
        expiresAt: now + codeMs,
      }),
    )
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

async function ask(
  { client, given, redirectUri, isImplicit }: Authorization,
  offered: OfferedGrants,
  userId: number,
  save: (code: KnownCode, scopes: readonly Scope[]) => Promise<void>,
): Promise<{ scopes: Scope[] }> {
  requireChallenge(given, client.secretHash === null && !isImplicit)
  const library = libraryWith(client, offered, {
    generateAuthorizationCode: () => Promise.resolve('code'),
    async saveAuthorizationCode(code, asked, user) {
      await save(code, scopesOf(code.scope))
      return { ...code, client: asked, user }
    },
  })
  const asked = new Map([
    ...given,
    ['redirect_uri', redirectUri],
    ...(isImplicit ? [['response_type', 'code'] as const] : []),
  ])
  const authenticateHandler = { handle: () => ({ id: userId }) }
  const request = libraryRequest(asked, client)
  const { scope } = await library.authorize(request, libraryResponse(), { authenticateHandler })
  return { scopes: scopesOf(scope) }
}

/** RFC 7636, 4.2; the library looks at the method only. */
function requireChallenge(given: Given, isRequired: boolean): void {
  const challenge = given.get('code_challenge')
  if (challenge === undefined) {
    const why = 'A client without a secret must send code_challenge (PKCE).'
    if (isRequired) throw new OAuthFailure('invalid_request', why)
  } else if (!/^[\w.~-]{43,128}$/.test(challenge)) {
    throw new OAuthFailure('invalid_request', 'code_challenge is malformed.')
  }
}

/** The client's address with the answer, and with its state as it came. */
export function redirectTo(
  { redirectUri, isImplicit, given }: Authorization,
  answer: Readonly<Record<string, string>>,
): string {
  const state = given.get('state')
  const told = { ...answer, ...(state !== undefined && { state }) }
  if (isImplicit) return `${redirectUri}#${new URLSearchParams(told).toString()}`
  const url = new URL(redirectUri)
  for (const [name, value] of Object.entries(told)) url.searchParams.set(name, value)
  return url.href
}
