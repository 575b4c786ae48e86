import { NetworkError, RateLimitedError, RequestInProgressError, ServerError } from './errors.ts'
import { checkedMs, type Timing } from './timing.ts'

export interface RetryPolicy {
  /** Total attempts, including the first. 1 never retries, `Infinity` never gives up. */
  readonly attemptsMax: number
  /** The maximum wait before the second attempt. It doubles with each further attempt. */
  readonly baseDelayMs: number
  /** The cap of the back-off. If the server asks for a longer wait, there is no retry. */
  readonly delayMaxMs: number
}

/** The parts of the policy that differ from the defaults: 5 attempts, 500 ms, 30,000 ms. */
export type RetryOptions = {
  readonly [Name in keyof RetryPolicy]?: RetryPolicy[Name] | undefined
}

const defaults: RetryPolicy = { attemptsMax: 5, baseDelayMs: 500, delayMaxMs: 30_000 }

/** Statuses of proxies and the server after which a retry may succeed. */
const transientStatuses: readonly (number | undefined)[] = [502, 503, 504]

/** The policy with defaults filled in. Throws a RangeError for an invalid number. */
export function retryPolicy(options: RetryOptions): RetryPolicy {
  const attemptsMax = options.attemptsMax ?? defaults.attemptsMax
  if (!(attemptsMax >= 1)) {
    throw new RangeError(`retry.attemptsMax must be 1 or more, not ${attemptsMax}`)
  }
  return {
    attemptsMax,
    baseDelayMs: checkedMs('retry.baseDelayMs', options.baseDelayMs ?? defaults.baseDelayMs),
    delayMaxMs: checkedMs('retry.delayMaxMs', options.delayMaxMs ?? defaults.delayMaxMs),
  }
}

/**
 * Retries until an attempt succeeds, fails permanently, or was the last one; then throws its error.
 * Only for idempotent requests.
 */
export async function retrying<Answer>(
  attempt: () => Promise<Answer>,
  policy: RetryPolicy,
  timing: Timing,
  signal?: AbortSignal,
): Promise<Answer> {
  for (let attempts = 1; ; attempts += 1) {
    try {
      return await attempt()
    } catch (error) {
      const delayMs = delayAfter(error, attempts, policy, timing.random)
      if (delayMs === undefined) throw error
      await timing.sleep(delayMs, signal)
    }
  }
}

/**
 * How long to wait after this many attempts, or undefined to give up. It is Retry-After plus full
 * jitter, so that clients which failed together do not return together.
 */
export function delayAfter(
  error: unknown,
  attempts: number,
  { attemptsMax, baseDelayMs, delayMaxMs }: RetryPolicy,
  random: () => number,
): number | undefined {
  if (attempts >= attemptsMax || !isTransient(error)) return undefined
  const askedMs = error instanceof NetworkError ? 0 : (error.retryAfterMs ?? 0)
  if (askedMs > delayMaxMs) return undefined
  return askedMs + random() * Math.min(delayMaxMs, baseDelayMs * 2 ** (attempts - 1))
}

type Transient = NetworkError | RateLimitedError | RequestInProgressError | ServerError

/** Whether a retry of the same request may succeed. */
export function isTransient(error: unknown): error is Transient {
  if (error instanceof ServerError) return transientStatuses.includes(error.status)
  return (
    error instanceof NetworkError ||
    error instanceof RateLimitedError ||
    error instanceof RequestInProgressError
  )
}
