import type { AccountKey } from './accounts.ts'
import type { Actor } from './actor.ts'

/** How long a session lasts without being used. */
export const sessionIdleMs = 30 * 24 * 3_600_000

/** A user's sign-in with a browser. `hash`: SHA-256 of its id, which is not stored. Times in ms. */
export interface Session {
  readonly hash: string
  readonly userId: number
  readonly createdAt: number
  readonly lastUsedAt: number
}

/** An active user with the e-mail address of a sign-in. */
export interface SignInCandidate {
  readonly accountKey: AccountKey
  readonly accountId: number
  readonly accountName: string
  readonly userId: number
  readonly passwordHash: string | null
}

/** Sessions, outside of any transaction. */
export interface SessionReads {
  /** The active user of a session that was used after `usedAfter` (ms). */
  findActor(
    hash: string,
    usedAfter: number,
  ): Promise<(Actor & { readonly lastUsedAt: number }) | undefined>
  /** Deletes sessions that were last used before `usedBefore` (ms). */
  drop(account: AccountKey, usedBefore: number): Promise<void>
}

/** Sessions, in a transaction. */
export interface SessionWrites {
  add(session: Session): Promise<void>
  remove(hash: string): Promise<void>
  /** Deletes all sessions of a user except `but`, the hash of one; undefined: all. */
  removeOf(userId: number, but: string | undefined): Promise<void>
}
