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

/** Requests for which a bucket can be in debt at the most: as many as it holds. */
export const lowestLevel = ({ capacity }: BucketSize): number => -capacity
