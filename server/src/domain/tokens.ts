import type { AccountKey } from './accounts.ts'
import type { Actor } from './actor.ts'
import type { PageRequest, Page } from './pages.ts'
import type { Scope } from './scopes.ts'

/** Exactly 64 lowercase hex characters (PROTOCOL 2.1). */
export const tokenPattern = /^[0-9a-f]{64}$/

/** A personal access token as it is kept: never the token, only its SHA-256. */
export interface AccessToken {
  readonly id: number
  readonly hash: string
  readonly userId: number
  readonly scopes: readonly Scope[]
  readonly description: string
  readonly createdAt: number
  readonly expiresAt: number | null
  readonly revokedAt: number | null
  /** To about a minute; null: never. */
  readonly lastUsedAt: number | null
}

export interface TokenReads {
  /** The actor of a live token: not revoked, not expired at `now`, its user active. */
  findActor(hash: string, now: number): Promise<(Actor & { readonly tokenId: number }) | undefined>
  /** Personal tokens. */
  list(account: AccountKey): Promise<TokenLine[]>
  /** The user's personal tokens that have not been revoked. */
  listOf(account: AccountKey, userId: number, page: PageRequest<'id'>): Promise<Page<AccessToken>>
}

export interface TokenWrites {
  /** `grant`: by which it was made; without one it is a personal token. */
  add(
    token: Omit<AccessToken, 'id' | 'lastUsedAt'>,
    grant?: { readonly clientId: number; readonly grantHash: string },
  ): Promise<number>
  find(id: number): Promise<AccessToken | undefined>
  /** False when there is no such live token. */
  revoke(id: number, at: number): Promise<boolean>
}

export interface TokenLine extends AccessToken {
  readonly email: string
}
