/** Time and randomness; tests pass their own. */
export interface Timing {
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** From 0 up to, but not including, 1. */
  readonly random: () => number
  /** Resolves after `delayMs`; rejects with the signal's reason as soon as it is aborted. */
  readonly sleep: (delayMs: number, signal?: AbortSignal) => Promise<void>
}

/** Timers treat any longer delay as none. */
const delayMsMax = 2 ** 31 - 1

export const realTiming: Timing = { now: Date.now, random: Math.random, sleep }

/** The delay, if timers support it; otherwise throws a RangeError that names the option. */
export function checkedMs(option: string, delayMs: number, delayMsMin = 0): number {
  if (delayMs >= delayMsMin && delayMs <= delayMsMax) return delayMs
  throw new RangeError(`${option} must be ${delayMsMin} to ${delayMsMax} ms, not ${delayMs}`)
}

async function sleep(delayMs: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted()
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const stop = () => reject(signal?.reason)
  const timer = setTimeout(resolve, Math.min(delayMs, delayMsMax))
  signal?.addEventListener('abort', stop)
  try {
    await promise
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', stop)
  }
}
