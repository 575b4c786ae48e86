import { signInFailuresMax, signInFailuresMs } from '@doorstep/contract/limits'

import type { BucketSize } from '../../domain/rate-buckets.ts'
import type { Store } from '../../domain/store.ts'
import { apiError, type ApiError } from '../errors.ts'

const keysMax = 50_000
const size: BucketSize = {
  capacity: signInFailuresMax,
  refillPerMs: signInFailuresMax / signInFailuresMs,
}

/**
 * Counts wrong passwords for each e-mail and address. Processes on one store share the buckets.
 * Each process also counts by itself, for when the store is unreachable.
 */
export class SignInLimit {
  readonly #failures = new Map<string, number[]>()
  readonly #shared: Store['rateBuckets'] | undefined

  constructor(shared: Store['rateBuckets'] | undefined) {
    this.#shared = shared
  }

  /**
   * Counts the attempt as a failure until `forgive` is called, so that parallel attempts do not get
   * around the limit. Throws 429 after too many failures.
   */
  async attempt(email: string, address: string, now: number): Promise<void> {
    const key = keyOf(email, address)
    const request = { account: undefined, key: sharedKeyOf(key), at: now }
    const sharedWaitMs = await this.#shared?.take(request, size).catch(() => undefined)
    const waitMs = sharedWaitMs ?? this.#waitMs(key, now)
    // A refused attempt does not count: otherwise an attacker could keep the user locked out.
    if (waitMs > 0) throw tooMany(waitMs)
    this.#note(key, now)
  }

  #recent(key: string, now: number): number[] {
    return (this.#failures.get(key) ?? []).filter((at) => at > now - signInFailuresMs)
  }

  #waitMs(key: string, now: number): number {
    const recent = this.#recent(key, now)
    const [oldest] = recent
    const isFull = oldest !== undefined && recent.length >= signInFailuresMax
    return isFull ? oldest + signInFailuresMs - now : 0
  }

  #note(key: string, now: number): void {
    const recent = this.#recent(key, now).slice(1 - signInFailuresMax)
    this.#failures.delete(key)
    this.#failures.set(key, [...recent, now])
    const [first] = this.#failures.keys()
    if (this.#failures.size > keysMax && first !== undefined) this.#failures.delete(first)
  }

  async forgive(email: string, address: string, now: number): Promise<void> {
    const key = keyOf(email, address)
    this.#failures.delete(key)
    const spent = { account: undefined, key: sharedKeyOf(key), since: now }
    await this.#shared?.spend([{ ...spent, count: -signInFailuresMax }], size).catch(() => {})
  }
}

const keyOf = (email: string, address: string): string => `${address} ${email.toLowerCase()}`

const sharedKeyOf = (key: string): string => `password ${key}`

function tooMany(waitMs: number): ApiError {
  const waitS = Math.ceil(waitMs / 1000)
  const details = `There were too many wrong passwords. Try again in ${waitS} s.`
  return apiError('rate_limit_exceeded', 'too many failed attempts', details, {
    'Retry-After': String(waitS),
  })
}
