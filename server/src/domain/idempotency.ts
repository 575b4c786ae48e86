import type { AccountKey } from './accounts.ts'

export interface IdempotencyReads {
  /** Forgets answers kept before `before` (ms), at most `limit` of them, and says how many. */
  drop(account: AccountKey, before: number, limit: number): Promise<number>
}

export interface IdempotencyWrites {
  find(userId: number, key: string): Promise<StoredAnswer | undefined>
  add(userId: number, key: string, answer: StoredAnswer, now: number): Promise<void>
}

/** What a request with an idempotency key was answered. */
export interface StoredAnswer {
  readonly fingerprint: string
  readonly status: number
  readonly body: string
}
