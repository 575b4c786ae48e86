import type { AccountKey } from './accounts.ts'

export interface IdempotencyReads {
  /** Deletes answers stored before `before` (ms), at most `limit`. Resolves to the number deleted. */
  drop(account: AccountKey, before: number, limit: number): Promise<number>
}

export interface IdempotencyQueries {
  find(userId: number, key: string): Promise<StoredAnswer | undefined>
}

export interface IdempotencyWrites extends IdempotencyQueries {
  add(userId: number, key: string, answer: StoredAnswer, now: number): Promise<void>
}

/** The answer to a request with an idempotency key. */
export interface StoredAnswer {
  readonly fingerprint: string
  readonly status: number
  readonly body: string
}
