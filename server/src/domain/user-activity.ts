import type { AccountKey } from './accounts.ts'

/** What is known of a user's use of Doorstep. */
export interface UserActivity {
  /** When a token or session of theirs was last used, in ms, precise to about a minute; null: never. */
  readonly lastSeenAt: number | null
  /** Of the fixes of their newest check-ins since a time, in metres. */
  readonly accuraciesM: readonly number[]
}

/** Activity of users, outside of any transaction. */
export interface UserActivityReads {
  /** Of these users, from visits after `since` (ms), at most `limit` for each. */
  find(
    account: AccountKey,
    userIds: readonly number[],
    since: number,
    limit: number,
  ): Promise<Map<number, UserActivity>>
}
