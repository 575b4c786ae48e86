import { signInFailuresMax, signInFailuresMs } from '@doorstep/contract/limits'

import { ApiError } from './errors.ts'

const keysMax = 50_000

/** Counts wrong passwords for each e-mail and address, in this process. */
export class SignInLimit {
  readonly #failures = new Map<string, number[]>()

  /**
   * Counts an attempt as a failure until `forgive` says otherwise, so that many at once are no way
   * around. Throws 429 when there were too many.
   */
  attempt(email: string, address: string, now: number): void {
    const key = keyOf(email, address)
    const recent = (this.#failures.get(key) ?? []).filter((at) => at > now - signInFailuresMs)
    const [oldest] = recent
    if (oldest !== undefined && recent.length >= signInFailuresMax) {
      throw tooMany(Math.ceil((oldest + signInFailuresMs - now) / 1000))
    }
    this.#failures.delete(key)
    this.#failures.set(key, [...recent, now])
    const [first] = this.#failures.keys()
    if (this.#failures.size > keysMax && first !== undefined) this.#failures.delete(first)
  }

  forgive(email: string, address: string): void {
    this.#failures.delete(keyOf(email, address))
  }
}

const keyOf = (email: string, address: string): string => `${address} ${email.toLowerCase()}`

const tooMany = (waitS: number): ApiError =>
  new ApiError(
    [
      {
        code: 'rate_limit_exceeded',
        message: 'too many failed attempts',
        details: `There were too many wrong passwords. Try again in ${waitS} s.`,
      },
    ],
    { 'Retry-After': String(waitS) },
  )
