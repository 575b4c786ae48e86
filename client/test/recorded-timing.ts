import type { Timing } from '../src/timing.ts'

/** Time that does not pass: sleeps are recorded instead, and `random` is constant. */
export interface RecordedTiming extends Timing {
  readonly sleptMs: readonly number[]
}

export function recordedTiming({ nowMs = 0, random = 0.5 } = {}): RecordedTiming {
  const sleptMs: number[] = []
  return {
    sleptMs,
    now: () => nowMs,
    random: () => random,
    async sleep(delayMs, signal) {
      signal?.throwIfAborted()
      sleptMs.push(delayMs)
    },
  }
}
