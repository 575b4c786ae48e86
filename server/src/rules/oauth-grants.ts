import { type OAuthClient, accessTokenMs } from '../domain/oauth.ts'
import type { Scope } from '../domain/scopes.ts'
import type { Transaction } from '../domain/store.ts'

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
export async function useCode(tx: Transaction, hash: string, now: number): Promise<boolean> {
  if (await tx.oauth.useCode(hash, now)) return true
  await tx.oauth.removeCode(hash)
  await tx.oauth.revokeGrant(hash, now)
  return false
}

/** False when the user is not active, or what the token comes from has been withdrawn. */
export async function issueTokens(
  tx: Transaction,
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
  tx: Transaction,
  origin: Origin,
  accessHash: string,
): Promise<string | undefined> {
  if (origin.kind === 'person') return accessHash
  if (origin.kind === 'refresh') return (await tx.oauth.findRefreshToken(origin.hash))?.grantHash
  return (await tx.oauth.findCode(origin.hash))?.hash
}

/** A refresh token ends with all that its consent led to, an access token alone (RFC 7009). */
export async function revokeToken(
  tx: Transaction,
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
