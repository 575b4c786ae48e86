import type { AccountKey } from './accounts.ts'

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
