import type { AuditActor, AuditDetails } from '../domain/audit.ts'
import { type OAuthClient, accessTokenMs } from '../domain/oauth.ts'
import type { Scope } from '../domain/scopes.ts'
import type { Transaction } from '../domain/store.ts'

/**
 * What a token is issued for: a code or refresh token, which must still exist, or the user's
 * consent or password in the same request.
 */
export type Origin =
  | { readonly kind: 'code' | 'refresh'; readonly hash: string }
  | { readonly kind: 'person' }

/** The tokens to issue; hashes are SHA-256. */
export interface Issue {
  readonly accessHash: string
  /** null: no refresh token. */
  readonly refreshHash: string | null
  readonly userId: number
  readonly scopes: readonly Scope[]
  readonly origin: Origin
}

/** Marks a code as used. At a second use, revokes all tokens of its grant and answers false. */
export async function useCode(tx: Transaction, hash: string, now: number): Promise<boolean> {
  if (await tx.oauth.useCode(hash, now)) return true
  await tx.oauth.removeCode(hash)
  await revokeGrant(tx, 'nobody', hash, now, { by: 'code_used_twice' })
  return false
}

/** Issues tokens. False: the user is inactive, or the client or the origin no longer exists. */
export async function issueTokens(
  tx: Transaction,
  client: OAuthClient,
  { accessHash, refreshHash, userId, scopes, origin }: Issue,
  now: number,
): Promise<boolean> {
  const user = (await tx.users.find([userId])).get(userId)
  const isRegistered = (await tx.oauth.findClient(client.id)) !== undefined
  const grantHash = await grantOf(tx, origin, accessHash)
  if (user?.status !== 'active' || !isRegistered || grantHash === undefined) return false
  const token = { userId, scopes, createdAt: now }
  const expiresAt = now + accessTokenMs
  if (origin.kind !== 'refresh') {
    const ends = refreshHash === null ? expiresAt : null
    const grant = { ...token, hash: grantHash, clientId: client.id, expiresAt: ends }
    const id = await tx.oauth.addGrant(grant)
    const subject = { kind: 'grant', id, name: client.name } as const
    await tx.audit.add({ userId, tokenId: null }, 'grant_created', subject, { scopes })
  }
  if (refreshHash !== null) {
    await tx.oauth.addRefreshToken({ ...token, hash: refreshHash, clientId: client.id, grantHash })
  }
  const description = client.name
  await tx.tokens.add(
    { ...token, hash: accessHash, description, expiresAt, revokedAt: null },
    { clientId: client.id, grantHash },
  )
  return true
}

/** undefined: the origin is gone. A second use of a code removes it, so the first one fails too. */
async function grantOf(
  tx: Transaction,
  origin: Origin,
  accessHash: string,
): Promise<string | undefined> {
  if (origin.kind === 'person') return accessHash
  if (origin.kind === 'refresh') return (await tx.oauth.findRefreshToken(origin.hash))?.grantHash
  return (await tx.oauth.findCode(origin.hash))?.hash
}

/** Revokes an access token, or a refresh token with all tokens of its grant (RFC 7009). */
export async function revokeToken(
  tx: Transaction,
  client: OAuthClient,
  hash: string,
  now: number,
): Promise<void> {
  const refreshToken = await tx.oauth.findRefreshToken(hash)
  if (refreshToken?.clientId === client.id) {
    await revokeGrant(tx, 'nobody', refreshToken.grantHash, now, { by: 'client' })
  }
  await tx.oauth.revokeAccessToken(client.id, hash, now)
}

/** Revokes a grant with all of its tokens. `more`: what is noted of it. */
export async function revokeGrant(
  tx: Transaction,
  actor: AuditActor,
  hash: string,
  now: number,
  more: AuditDetails = {},
): Promise<void> {
  const grant = await tx.oauth.revokeGrant(hash, now)
  if (!grant) return
  const name = (await tx.oauth.findClient(grant.clientId))?.name
  const subject = { kind: 'grant', id: grant.id, ...(name !== undefined && { name }) } as const
  await tx.audit.add(actor, 'grant_revoked', subject, { user_id: grant.userId, ...more })
}
