/** A comparison of everything that was imported with the source. Times in ms. */
export interface ImportVerification {
  readonly importId: number
  readonly startedAt: number
  /** The last sign of life, while it runs. */
  readonly updatedAt: number
  readonly endedAt: number | null
  /** Visits of the source compared so far, and about how many there are. */
  readonly compared: number
  readonly expected: number
  /** Why it failed; null: it has not. */
  readonly error: string | null
  /** The signed summary of the last one that has ended, JSON; null: none has. */
  readonly summary: string | null
}

const silenceMaxMs = 15_000

/** `interrupted`: its process has stopped. */
export type VerificationState = 'running' | 'done' | 'failed' | 'interrupted'

export function verificationState(
  { endedAt, error, updatedAt }: ImportVerification,
  now: number,
): VerificationState {
  if (endedAt !== null) return error === null ? 'done' : 'failed'
  return now - updatedAt > silenceMaxMs ? 'interrupted' : 'running'
}
