/** Where a test can have a server die, in the order in which a write passes them. */
export const crashPoints = [
  /** The work is done; its events are not numbered yet. */
  'after-domain-write',
  'before-commit',
  /** On disk, and nobody has been told. */
  'after-commit',
  /** The answer is made, and not sent. */
  'before-answer',
] as const
export type CrashPoint = (typeof crashPoints)[number]

/** Told of every point that is passed; there is none but in a crash test. */
export type OnPoint = ((point: CrashPoint) => void) | undefined
