import type { AccountKey } from './accounts.ts'

/** How many requests a bucket holds, and how fast it refills. */
export interface BucketSize {
  readonly capacity: number
  readonly refillPerMs: number
}

/** Requests that one process has allowed since it last reported. */
export interface SpentRequests {
  /** undefined: their account is unknown. */
  readonly account: AccountKey | undefined
  /** Identifies the sender. */
  readonly key: string
  readonly count: number
  /** When the first of them arrived, in ms. */
  readonly since: number
}

/** Requests left for all processes together: `level` at the time `at` (ms); negative: in debt. */
export interface SharedBucket {
  readonly key: string
  readonly level: number
  readonly at: number
}

/** A request that is allowed only if its bucket is not empty. */
export type AskedRequest = Pick<SpentRequests, 'account' | 'key'> & {
  /** When it arrived, in ms. */
  readonly at: number
}

/** The level of a bucket at `now`; a time before `at` counts as `at`. */
export function levelAt(
  { level, at }: Pick<SharedBucket, 'level' | 'at'>,
  { capacity, refillPerMs }: BucketSize,
  now: number,
): number {
  return Math.min(capacity, level + Math.max(0, now - at) * refillPerMs)
}

/** The lowest level: a bucket can be in debt for as many requests as it holds. */
export const lowestLevel = ({ capacity }: BucketSize): number => -capacity

/** The rate limits that processes share. Buckets may be lost at any time, and are then full. */
export interface RateBucketReads {
  /** Subtracts what a process has allowed from the buckets; answers their levels. */
  spend(spent: readonly SpentRequests[], size: BucketSize): Promise<SharedBucket[]>
  /**
   * Subtracts the request from its bucket, and answers 0. An empty bucket is not changed, however
   * many requests arrive at once; the answer is in how many ms it will hold a request.
   */
  take(asked: AskedRequest, size: BucketSize): Promise<number>
  /** Deletes buckets that have not been used since `before` (ms). */
  drop(before: number): Promise<void>
}
