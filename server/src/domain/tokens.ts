import type { AccountKey } from './accounts.ts'
import type { Actor } from './actor.ts'
import type { PageRequest, Page } from './pages.ts'
import type { Scope } from './scopes.ts'

/** A token: exactly 64 lowercase hex characters (PROTOCOL 2.1). */
export const tokenPattern = /^[0-9a-f]{64}$/

/** A personal access token. `hash`: SHA-256 of the token, which is not stored. Times in ms. */
export interface AccessToken {
  readonly id: number
  readonly hash: string
  readonly userId: number
  readonly scopes: readonly Scope[]
  readonly description: string
  readonly createdAt: number
  readonly expiresAt: number | null
  readonly revokedAt: number | null
  /** Precise to about a minute; null: never. */
  readonly lastUsedAt: number | null
}

/** Access tokens, outside of any transaction. */
export interface TokenReads {
  /** The active user of a token that is neither revoked nor expired at `now` (ms). */
  findActor(hash: string, now: number): Promise<(Actor & { readonly tokenId: number }) | undefined>
  /** All personal tokens. */
  list(account: AccountKey): Promise<TokenLine[]>
  /** The user's personal tokens that have not been revoked. */
  listOf(account: AccountKey, userId: number, page: PageRequest<'id'>): Promise<Page<AccessToken>>
}

/** Access tokens, in a transaction. */
export interface TokenWrites {
  /** `grant`: the OAuth grant with which the token ends; absent: there is none. */
  add(token: Omit<AccessToken, 'id' | 'lastUsedAt'>, grant?: TokenGrant): Promise<number>
  find(id: number): Promise<AccessToken | undefined>
  /** False: there is no such token, or it has been revoked. */
  revoke(id: number, at: number): Promise<boolean>
  /** Revokes all tokens of a user, also those of OAuth clients. */
  revokeOf(userId: number, at: number): Promise<void>
}

/** An OAuth grant. `clientId` null: the token is a personal one, made with one of the grant. */
export interface TokenGrant {
  readonly clientId: number | null
  readonly grantHash: string
}

/** A token with the e-mail address of its user. */
export interface TokenLine extends AccessToken {
  readonly email: string
}
