import type { AccountKey } from './accounts.ts'

/** Stored answers, outside of any transaction. */
export interface IdempotencyReads {
  /** Deletes answers stored before `before` (ms), at most `limit` of them; answers how many. */
  drop(account: AccountKey, before: number, limit: number): Promise<number>
}

/** Queries of stored answers. */
export interface IdempotencyQueries {
  find(userId: number, key: string): Promise<StoredAnswer | undefined>
}

/** Stored answers, in a transaction. */
export interface IdempotencyWrites extends IdempotencyQueries {
  add(userId: number, key: string, answer: StoredAnswer, now: number): Promise<void>
}

/** The answer to a request with an idempotency key, for repeating it (PROTOCOL 6.3). */
export interface StoredAnswer {
  /** Of the request: another request under the same key has another one. */
  readonly fingerprint: string
  readonly body: string
}
