import type { FastifyBaseLogger } from 'fastify'

import type { Clock } from '../domain/clock.ts'

const everyMs = 1_000

/**
 * Says in the log why answers are 503: for each reason at most once a second, with how many were left
 * out since. NOTE: only the code of what has failed, since its text may quote what people wrote.
 */
export class UnavailableLog {
  readonly #logger: FastifyBaseLogger
  readonly #clock: Clock
  readonly #told = new Map<string, { atMs: number; leftOut: number }>()

  constructor(logger: FastifyBaseLogger, clock: Clock) {
    this.#logger = logger
    this.#clock = clock
  }

  note(error: unknown, logref: string): void {
    const code = codeOf(error)
    const now = this.#clock()
    const told = this.#told.get(code)
    if (told && now - told.atMs < everyMs) return void told.leftOut++
    this.#told.set(code, { atMs: now, leftOut: 0 })
    this.#logger.warn({ code, logref, leftOut: told?.leftOut ?? 0 }, 'temporarily unavailable')
  }
}

/** As the system or the database names it. Those of the driver have none, and no values in their text. */
function codeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined
  if (!(cause instanceof Error)) return 'unknown'
  if ('code' in cause && typeof cause.code === 'string') return cause.code
  return /^[A-Za-z ,]{1,80}$/.test(cause.message) ? cause.message : 'unknown'
}
