/** What is left of a bucket after a request. */
export interface Allowance {
  readonly allowed: boolean
  readonly remaining: number
  /** Seconds until the bucket is full again, or until the next request when there is none left. */
  readonly waitS: number
}

const bucketsMax = 50_000

/**
 * Token buckets: a minute's worth of requests at once, refilled evenly (PROTOCOL 8.4). By hand,
 * because the libraries for Fastify count in fixed windows and cannot give a request back.
 */
export class RateLimit {
  readonly capacity: number
  readonly #refillPerMs: number
  readonly #buckets = new Map<string, { level: number; at: number }>()
  #spent = new Map<string, number>()

  constructor(requestsPerHour: number) {
    this.capacity = Math.max(1, Math.ceil(requestsPerHour / 60))
    this.#refillPerMs = requestsPerHour / 3_600_000
  }

  take(key: string, now: number): Allowance {
    const bucket = this.#buckets.get(key)
    const level = bucket ? this.#levelAt(bucket, now) : this.capacity
    const allowed = level >= 1
    const left = allowed ? level - 1 : level
    if (allowed) this.#note(key, 1)
    this.#keep(key, left, now)
    const missing = allowed ? this.capacity - left : 1 - left
    const waitS = Math.ceil(missing / this.#refillPerMs / 1000)
    return { allowed, remaining: Math.max(0, Math.floor(left)), waitS }
  }

  /** Gives the last request back: it did not count. */
  refund(key: string): void {
    const bucket = this.#buckets.get(key)
    if (!bucket) return
    bucket.level = Math.min(this.capacity, bucket.level + 1)
    this.#note(key, -1)
  }

  /** What was taken here since the last call, for the other processes on the same port. */
  takeSpent(): [key: string, requests: number][] {
    const spent = [...this.#spent].filter(([, requests]) => requests !== 0)
    this.#spent = new Map()
    return spent
  }

  /** Takes what was taken in another process; a bucket may come to hold less than nothing by it. */
  spend(spent: readonly (readonly [key: string, requests: number])[], now: number): void {
    for (const [key, requests] of spent) {
      const bucket = this.#buckets.get(key)
      const level = bucket ? this.#levelAt(bucket, now) : this.capacity
      this.#keep(key, Math.min(this.capacity, level - requests), now)
    }
  }

  #note(key: string, requests: number): void {
    if (this.#spent.size < bucketsMax) {
      this.#spent.set(key, (this.#spent.get(key) ?? 0) + requests)
    }
  }

  #keep(key: string, level: number, now: number): void {
    const bucket = this.#buckets.get(key)
    if (bucket) {
      bucket.level = level
      bucket.at = now
      return
    }
    if (this.#buckets.size >= bucketsMax) this.#forgetFull(now)
    this.#buckets.set(key, { level, at: now })
  }

  #levelAt(bucket: { level: number; at: number }, now: number): number {
    const refilled = Math.max(0, now - bucket.at) * this.#refillPerMs
    return Math.min(this.capacity, bucket.level + refilled)
  }

  #forgetFull(now: number): void {
    for (const [key, bucket] of this.#buckets) {
      if (this.#levelAt(bucket, now) >= this.capacity) this.#buckets.delete(key)
    }
    if (this.#buckets.size >= bucketsMax) this.#buckets.clear()
  }
}
