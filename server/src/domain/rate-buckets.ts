import type { AccountKey } from './accounts.ts'

/** How many requests a bucket holds, and how fast it fills. */
export interface BucketSize {
  readonly capacity: number
  readonly refillPerMs: number
}

/** Requests that one process has let through. */
export interface SpentRequests {
  /** undefined: nobody knows whose they were. */
  readonly account: AccountKey | undefined
  /** By what the sender was known. */
  readonly key: string
  readonly count: number
  /** When the first of them came, in ms. */
  readonly since: number
}

/** What all processes together have left: `level` at the time `at`; below 0 after too many at once. */
export interface SharedBucket {
  readonly key: string
  readonly level: number
  readonly at: number
}

/** A request that is let through only if there is one left. */
export type AskedRequest = Pick<SpentRequests, 'account' | 'key'> & {
  /** When it came, in ms. */
  readonly at: number
}

/** What is in a bucket by then; time does not go back in it. */
export function levelAt(
  { level, at }: Pick<SharedBucket, 'level' | 'at'>,
  { capacity, refillPerMs }: BucketSize,
  now: number,
): number {
  return Math.min(capacity, level + Math.max(0, now - at) * refillPerMs)
}

/** Requests for which a bucket can be in debt at the most: as many as it holds. */
export const lowestLevel = ({ capacity }: BucketSize): number => -capacity

/** What is shared of the rate limits; may be lost at any time, and begins full again. */
export interface RateBucketReads {
  /** Takes what a process has let through out of the buckets, and tells what is left in them. */
  spend(spent: readonly SpentRequests[], size: BucketSize): Promise<SharedBucket[]>
  /**
   * Takes the request out of its bucket if there is one left, and says in how many ms there will
   * be one; 0: it was taken. What is refused changes nothing, however many ask at once.
   */
  take(asked: AskedRequest, size: BucketSize): Promise<number>
  /** Forgets buckets that nobody has used since `before` (ms). */
  drop(before: number): Promise<void>
}
