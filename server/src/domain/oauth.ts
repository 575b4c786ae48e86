import type { AccountKey } from './accounts.ts'
import type { Writes } from './store.ts'
import type { Scope } from './tokens.ts'

export const accessTokenMs = 3_600_000
export const codeMs = 600_000
/** How long what has expired is kept, so that a code that is used again is known. */
export const expiredMs = 24 * 3_600_000

export const clientNameLengthMax = 100
export const redirectUrisMax = 20
export const redirectUriLengthMax = 2_000

/** A program that asks for tokens on behalf of users. Of its secret only the SHA-256 is kept. */
export interface OAuthClient {
  readonly id: number
  /** The `client_id` of the protocol. */
  readonly uid: string
  readonly name: string
  readonly redirectUris: readonly string[]
  /** null: a public client, which cannot keep a secret. */
  readonly secretHash: string | null
  readonly createdAt: number
}

export interface FoundClient {
  readonly accountKey: AccountKey
  readonly client: OAuthClient
}

/** What somebody allowed a client. */
export interface Allowance {
  readonly hash: string
  readonly clientId: number
  readonly userId: number
  readonly scopes: readonly Scope[]
  readonly createdAt: number
}

export interface OAuthCode extends Allowance {
  readonly redirectUri: string
  readonly codeChallenge: string | null
  readonly codeChallengeMethod: string | null
  readonly expiresAt: number
}

export interface RefreshToken extends Allowance {
  /** What all tokens that one consent led to have in common. */
  readonly grantHash: string
}

/** What token/info tells. Times in ms. */
export interface TokenInfo {
  readonly userId: number
  readonly scopes: readonly Scope[]
  readonly createdAt: number
  readonly expiresAt: number | null
  /** null: a personal token. */
  readonly clientUid: string | null
}

/** Where a token comes from: a code or refresh token that must still be there, or a person. */
export type Origin =
  | { readonly kind: 'code' | 'refresh'; readonly hash: string }
  | { readonly kind: 'person' }

export interface Issue {
  readonly accessHash: string
  /** null: none is made. */
  readonly refreshHash: string | null
  readonly userId: number
  readonly scopes: readonly Scope[]
  readonly origin: Origin
}

/** True at the first use. A second one ends every token that the first has led to. */
export async function useCode(tx: Writes, hash: string, now: number): Promise<boolean> {
  if (await tx.oauth.useCode(hash, now)) return true
  await tx.oauth.removeCode(hash)
  await tx.oauth.revokeGrant(hash, now)
  return false
}

/** False when the user is not active, or what the token comes from has been withdrawn. */
export async function issueTokens(
  tx: Writes,
  client: OAuthClient,
  { accessHash, refreshHash, userId, scopes, origin }: Issue,
  now: number,
): Promise<boolean> {
  const user = (await tx.users.find([userId])).get(userId)
  const isKnown = (await tx.oauth.findClient(client.id)) !== undefined
  const grantHash = await grantOf(tx, origin, accessHash)
  if (user?.status !== 'active' || !isKnown || grantHash === undefined) return false
  const token = { userId, scopes, createdAt: now }
  if (refreshHash !== null) {
    await tx.oauth.addRefreshToken({ ...token, hash: refreshHash, clientId: client.id, grantHash })
  }
  const description = client.name
  const expiresAt = now + accessTokenMs
  await tx.tokens.add(
    { ...token, hash: accessHash, description, expiresAt, revokedAt: null },
    { clientId: client.id, grantHash },
  )
  return true
}

/** A code that was used twice is gone, so that the first user gets nothing either. */
async function grantOf(
  tx: Writes,
  origin: Origin,
  accessHash: string,
): Promise<string | undefined> {
  if (origin.kind === 'person') return accessHash
  if (origin.kind === 'refresh') return (await tx.oauth.findRefreshToken(origin.hash))?.grantHash
  return (await tx.oauth.findCode(origin.hash))?.hash
}

/** A refresh token ends with all that its consent led to, an access token alone (RFC 7009). */
export async function revokeToken(
  tx: Writes,
  client: OAuthClient,
  hash: string,
  now: number,
): Promise<void> {
  const refreshToken = await tx.oauth.findRefreshToken(hash)
  if (refreshToken?.clientId === client.id) {
    await tx.oauth.revokeGrant(refreshToken.grantHash, now)
  }
  await tx.oauth.revokeAccessToken(client.id, hash, now)
}

const unsafeSchemes = ['javascript:', 'data:', 'vbscript:', 'file:', 'blob:', 'about:']

/** Why nobody may be sent back there; undefined: they may. */
export function redirectUriProblem(uri: string): string | undefined {
  if (uri.length > redirectUriLengthMax)
    return `must have at most ${redirectUriLengthMax} characters`
  if (!/^[\x21-\x7e]+$/.test(uri) || !URL.canParse(uri)) return 'must be an absolute URI'
  const { protocol, hash, username, password } = new URL(uri)
  if (hash !== '' || uri.includes('#')) return 'must have no fragment'
  if (username !== '' || password !== '') return 'must name no user'
  return unsafeSchemes.includes(protocol) ? `must not begin with ${protocol}` : undefined
}
