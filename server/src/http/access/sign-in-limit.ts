import { addressFailuresMax, signInFailuresMax, signInFailuresMs } from '@doorstep/contract/limits'

import type { Clock } from '../../domain/clock.ts'
import type { BucketSize } from '../../domain/rate-buckets.ts'
import type { SignInCandidate } from '../../domain/sessions.ts'
import type { Store } from '../../domain/store.ts'
import { apiError, type ApiError } from '../errors.ts'

const keysMax = 50_000

type NamedUser = Pick<SignInCandidate, 'accountKey' | 'userId'>

/** A password that is about to be checked. */
export interface Attempt {
  readonly email: string
  /** Where it comes from. */
  readonly address: string
  /** Whose password it may be; empty: nobody has the e-mail address. */
  readonly users: readonly NamedUser[]
}

/** What attempts are counted by. */
interface Count {
  readonly key: string
  readonly failuresMax: number
}

/**
 * Counts wrong passwords, for each user from one address and for each address, and wrong codes. Processes on one
 * store share the buckets. Each process also counts by itself, for when the store is unreachable.
 */
export class SignInLimit {
  readonly #failures = new Map<string, number[]>()
  readonly #shared: Store['rateBuckets'] | undefined

  constructor(shared: Store['rateBuckets'] | undefined) {
    this.#shared = shared
  }

  /**
   * Checks a password: `verify` answers the users who have it. Counts the attempt as a failure until
   * then, so that parallel attempts do not get around the limit. A right password forgives the
   * failures of its own users, and of the address only this attempt: otherwise an account of one's
   * own would allow any number of guesses. Throws 429 after too many failures.
   */
  async check<User extends NamedUser>(
    attempt: Attempt,
    clock: Clock,
    verify: () => Promise<readonly User[]>,
  ): Promise<readonly User[]> {
    const counts = countsOf(attempt)
    await this.#takeAll(counts, clock())
    let found: readonly User[] | undefined
    try {
      found = await verify()
    } finally {
      // Nothing was checked, so nothing was guessed.
      if (!found) await this.#giveBack(counts, clock())
    }
    if (found.length > 0) {
      await this.#giveBack([addressCount(attempt)], clock())
      for (const user of found) await this.#forgive(userCount(attempt, user), clock())
    }
    return found
  }

  /**
   * Looks a one-time code up: `find` answers undefined for a wrong one, which counts for the address
   * alone, since it names nobody. Throws 429 after too many failures.
   */
  async checkCode<Found>(
    address: string,
    clock: Clock,
    find: () => Promise<Found | undefined>,
  ): Promise<Found | undefined> {
    const counts = [addressCount({ address })]
    await this.#takeAll(counts, clock())
    let isWrong = false
    try {
      const found = await find()
      isWrong = found === undefined
      return found
    } finally {
      if (!isWrong) await this.#giveBack(counts, clock())
    }
  }

  async #takeAll(counts: readonly Count[], now: number): Promise<void> {
    for (const [index, count] of counts.entries()) {
      const waitMs = await this.#take(count, now)
      if (waitMs === 0) continue
      // A refused attempt does not count: otherwise an attacker could keep the user locked out.
      await this.#giveBack(counts.slice(0, index), now)
      throw tooMany(waitMs)
    }
  }

  /** 0: the attempt is counted; otherwise in how many ms there is room for one. */
  async #take(count: Count, now: number): Promise<number> {
    const asked = { account: undefined, key: sharedKeyOf(count), at: now }
    const sharedWaitMs = await this.#shared?.take(asked, sizeOf(count)).catch(() => undefined)
    const waitMs = sharedWaitMs ?? this.#waitMs(count, now)
    if (waitMs === 0) this.#note(count, now)
    return waitMs
  }

  #recent({ key }: Count, now: number): number[] {
    return (this.#failures.get(key) ?? []).filter((at) => at > now - signInFailuresMs)
  }

  #waitMs(count: Count, now: number): number {
    const recent = this.#recent(count, now)
    const [oldest] = recent
    const isFull = oldest !== undefined && recent.length >= count.failuresMax
    return isFull ? oldest + signInFailuresMs - now : 0
  }

  #note(count: Count, now: number): void {
    const recent = this.#recent(count, now).slice(1 - count.failuresMax)
    this.#failures.delete(count.key)
    this.#failures.set(count.key, [...recent, now])
    const [first] = this.#failures.keys()
    if (this.#failures.size > keysMax && first !== undefined) this.#failures.delete(first)
  }

  async #giveBack(counts: readonly Count[], now: number): Promise<void> {
    for (const count of counts) {
      this.#failures.get(count.key)?.pop()
      await this.#spend(count, -1, now)
    }
  }

  async #forgive(count: Count, now: number): Promise<void> {
    this.#failures.delete(count.key)
    await this.#spend(count, -count.failuresMax, now)
  }

  async #spend(count: Count, failures: number, now: number): Promise<void> {
    const spent = { account: undefined, key: sharedKeyOf(count), since: now, count: failures }
    await this.#shared?.spend([spent], sizeOf(count)).catch(() => {})
  }
}

/** The address first: it is refused more often. */
function countsOf(attempt: Attempt): Count[] {
  const { users, email, address } = attempt
  const nobody = { key: `nobody ${address} ${email.toLowerCase()}`, failuresMax: signInFailuresMax }
  const named = users.map((user) => userCount(attempt, user))
  return [addressCount(attempt), ...(named.length > 0 ? named : [nobody])]
}

const addressCount = ({ address }: Pick<Attempt, 'address'>): Count => ({
  key: `address ${address}`,
  failuresMax: addressFailuresMax,
})

const userCount = ({ address }: Attempt, { accountKey, userId }: NamedUser): Count => ({
  key: `user ${address} ${accountKey} ${userId}`,
  failuresMax: signInFailuresMax,
})

const sizeOf = ({ failuresMax }: Count): BucketSize => ({
  capacity: failuresMax,
  refillPerMs: failuresMax / signInFailuresMs,
})

const sharedKeyOf = ({ key }: Count): string => `password ${key}`

function tooMany(waitMs: number): ApiError {
  const waitS = Math.ceil(waitMs / 1000)
  const details = `There were too many wrong passwords or links. Try again in ${waitS} s.`
  return apiError('rate_limit_exceeded', 'too many failed attempts', details, {
    'Retry-After': String(waitS),
  })
}
