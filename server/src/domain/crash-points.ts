/** Points at which a test can kill a server, in the order in which a write passes them. */
export const crashPoints = [
  /** The change is made; its events have no numbers yet. */
  'after-domain-write',
  'before-commit',
  /** The change is on disk; no reader has been notified. */
  'after-commit',
  /** The answer is ready but not sent. */
  'before-answer',
] as const
/** One of `crashPoints`. */
export type CrashPoint = (typeof crashPoints)[number]

/** Called at each point that a write passes; undefined outside crash tests. */
export type OnPoint = ((point: CrashPoint) => void) | undefined
