import { firstUserId } from './sell-data.ts'

/** How many of a thousand requests go wrong in which way. */
export interface Faults {
  resets: number
  unavailable: number
  /** 404 with the path of the page that describes the rate limit. */
  hiddenLimits: number
  conflicts: number
  slow: number
  slowMs: number
  /** The stream is not for this token. */
  noStream: boolean
  /** Empty answers of the stream although there is more. */
  lazyStream: number
  retryAfter: string | null
  /** Paths that this token may not read. */
  forbidden: readonly string[]
  /** Besides the one that it was started with. */
  otherTokens: readonly string[]
  /** Whose token it is. */
  accountId: number
  userId: number
  /** Every position but the newest end is malformed. */
  noPositions: boolean
  /** Lists of visits show only this creator's. */
  onlyOf: number | null
  /** Pages of visits come in no order, or empty with a next one. */
  pages: 'scrambled' | 'empty' | null
  /** One page of visits that has so few items and no next page, for so many times. */
  shortPage: { page: number; items: number; times: number } | null
  /** Visits that no list shows. */
  hidden: readonly number[]
  /** Visits with an invalid `visited_at` in lists. */
  timeless: readonly number[]
  /** Lists of visits that are filtered by this are refused. */
  refusedFilter: { name: string; value: string; status: number } | null
  /** How the next requests are answered, whatever they ask. */
  nextStatuses: number[]
}

export const noFaults = (): Faults => ({
  resets: 0,
  unavailable: 0,
  hiddenLimits: 0,
  conflicts: 0,
  slow: 0,
  slowMs: 0,
  noStream: false,
  lazyStream: 0,
  retryAfter: null,
  forbidden: [],
  otherTokens: [],
  accountId: 700,
  userId: firstUserId,
  noPositions: false,
  onlyOf: null,
  pages: null,
  shortPage: null,
  hidden: [],
  timeless: [],
  refusedFilter: null,
  nextStatuses: [],
})
