import type { AccountKey } from './accounts.ts'
import type { Page, PageRequest } from './pages.ts'
import type { User } from './users.ts'

const dayMs = 24 * 3_600_000

/** How long the link of each purpose works. */
export const codeLifetimeMs = {
  /** Gives the first admin a password. */
  setup: dayMs,
  /** Signs its user in. */
  sign_in: dayMs,
  /** Gives an invited user a password. */
  invitation: 7 * dayMs,
} as const

export type CodePurpose = keyof typeof codeLifetimeMs

/** The code of a link that works once. `hash`: SHA-256 of it, since it is not stored. Times in ms. */
export interface OneTimeCode {
  readonly hash: string
  readonly purpose: CodePurpose
  readonly userId: number
  readonly createdAt: number
  readonly expiresAt: number
  /** null: it has not been used. */
  readonly usedAt: number | null
}

/** A user who has been invited, and until when their link works (ms). */
export interface Invitation {
  readonly user: User
  readonly createdAt: number
  readonly expiresAt: number
}

/** One-time codes, outside of any transaction. */
export interface OneTimeCodeReads {
  /** The code with this hash, of whatever account. */
  find(hash: string): Promise<(OneTimeCode & { readonly accountKey: AccountKey }) | undefined>
  /** Users with an invitation that can be accepted at `now` (ms), by id. */
  listInvitations(
    account: AccountKey,
    now: number,
    page: PageRequest<'id'>,
  ): Promise<Page<Invitation>>
  /** Deletes codes that expired before `before` (ms). */
  drop(account: AccountKey, before: number): Promise<void>
}

/** One-time codes, in a transaction. */
export interface OneTimeCodeWrites {
  add(code: Omit<OneTimeCode, 'usedAt'>): Promise<void>
  find(hash: string): Promise<OneTimeCode | undefined>
  /** False: it has been used before. */
  use(hash: string, at: number): Promise<boolean>
  /** Deletes the user's codes of these purposes; answers how many. */
  removeOf(userId: number, purposes: readonly CodePurpose[]): Promise<number>
}
