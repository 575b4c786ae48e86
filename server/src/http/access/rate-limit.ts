import type { AccountKey } from '../../domain/accounts.ts'
import {
  type BucketSize,
  levelAt,
  lowestLevel,
  type SharedBucket,
  type SpentRequests,
} from '../../domain/rate-buckets.ts'

/** The state of a bucket after a request. */
export interface Allowance {
  readonly allowed: boolean
  readonly remaining: number
  /** Seconds until the bucket is full again, or until the next request when there is none left. */
  readonly waitS: number
}

interface Bucket {
  readonly account: AccountKey | undefined
  level: number
  at: number
  /** Requests that have not been reported to other processes, and the time of the first one. */
  spent: number
  since: number
}

const bucketsMax = 50_000
/** At most this many buckets are reported at once; the rest follow later. */
const reportedMax = 1_000
/**
 * Fewer requests than this share of a bucket are not reported yet, as long as more than `fullShare`
 * of it is left.
 */
const unreportedShare = 1 / 40
const fullShare = 3 / 4

/**
 * Token buckets: a minute's worth of requests at once, refilled evenly (PROTOCOL 8.4). Written by
 * hand because Fastify's libraries count in fixed windows and cannot refund a request. Each process
 * decides by its own buckets, and lowers them by what the other processes report.
 */
export class RateLimit implements BucketSize {
  readonly requestsPerHour: number
  readonly capacity: number
  readonly refillPerMs: number
  readonly #buckets = new Map<string, Bucket>()

  constructor(requestsPerHour: number) {
    this.requestsPerHour = requestsPerHour
    this.capacity = Math.max(1, Math.ceil(requestsPerHour / 60))
    this.refillPerMs = requestsPerHour / 3_600_000
  }

  take(key: string, now: number, account?: AccountKey): Allowance {
    const bucket = this.#bucketOf(key, now, account)
    bucket.level = levelAt(bucket, this, now)
    bucket.at = now
    const allowed = bucket.level >= 1
    if (allowed) {
      bucket.level--
      if (bucket.spent <= 0) bucket.since = now
      bucket.spent++
    }
    const missing = allowed ? this.capacity - bucket.level : 1 - bucket.level
    const waitS = Math.ceil(missing / this.refillPerMs / 1000)
    return { allowed, remaining: Math.max(0, Math.floor(bucket.level)), waitS }
  }

  /** Gives back the last request, which does not count. */
  refund(key: string): void {
    const bucket = this.#buckets.get(key)
    if (!bucket) return
    bucket.level = Math.min(this.capacity, bucket.level + 1)
    bucket.spent--
  }

  #bucketOf(key: string, now: number, account?: AccountKey): Bucket {
    const known = this.#buckets.get(key)
    if (known) return known
    if (this.#buckets.size >= bucketsMax) this.#evictFull(now)
    const bucket = { account, level: this.capacity, at: now, spent: 0, since: now }
    this.#buckets.set(key, bucket)
    return bucket
  }

  /** Takes the requests that are due to be reported. From here on they count as reported. */
  takeSpent(): SpentRequests[] {
    const due: SpentRequests[] = []
    for (const [key, bucket] of this.#buckets) {
      const { account, spent: count, since, level } = bucket
      const isMuch = count >= this.capacity * unreportedShare || level < this.capacity * fullShare
      if (count <= 0 || !isMuch) continue
      due.push({ account, key, count, since })
      bucket.spent = 0
      if (due.length === reportedMax) break
    }
    return due
  }

  /** Takes back requests whose report failed; they are reported again. */
  giveBack(unreported: readonly SpentRequests[]): void {
    for (const { key, count, since } of unreported) {
      const bucket = this.#buckets.get(key)
      if (!bucket) continue
      bucket.spent += count
      bucket.since = Math.min(bucket.since, since)
    }
  }

  /** Lowers the buckets to what all processes together have left. */
  learn(shared: readonly SharedBucket[], now: number): void {
    for (const { key, level, at } of shared) {
      const bucket = this.#buckets.get(key)
      if (!bucket) continue
      const left = levelAt({ level, at }, this, now) - Math.max(0, bucket.spent)
      const own = levelAt(bucket, this, now)
      if (left >= own) continue
      bucket.level = Math.max(left, lowestLevel(this))
      bucket.at = Math.max(bucket.at, now)
    }
  }

  #evictFull(now: number): void {
    for (const [key, bucket] of this.#buckets) {
      if (levelAt(bucket, this, now) >= this.capacity) this.#buckets.delete(key)
    }
    if (this.#buckets.size >= bucketsMax) this.#buckets.clear()
  }
}
