import type { AccountKey } from './accounts.ts'
import type { Actor } from './actor.ts'

/** How long a session lives without being used. */
export const sessionIdleMs = 30 * 24 * 3_600_000

/** Somebody signed in with a browser; of its id only the SHA-256 is kept. Times in ms. */
export interface Session {
  readonly hash: string
  readonly userId: number
  readonly createdAt: number
  readonly lastUsedAt: number
}

/** An active user who could be the one who signs in. */
export interface SignInCandidate {
  readonly accountKey: AccountKey
  readonly accountId: number
  readonly accountName: string
  readonly userId: number
  readonly passwordHash: string | null
}

export interface SessionReads {
  /** The actor of a session that was used after `usedAfter` (ms), its user active. */
  findActor(
    hash: string,
    usedAfter: number,
  ): Promise<(Actor & { readonly lastUsedAt: number }) | undefined>
  /** Removes those that were last used before `usedBefore` (ms). */
  drop(account: AccountKey, usedBefore: number): Promise<void>
}

export interface SessionWrites {
  add(session: Session): Promise<void>
  remove(hash: string): Promise<void>
  /** All of a user's but the one that is named. */
  removeOf(userId: number, but: string | undefined): Promise<void>
}
