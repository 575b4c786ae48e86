import type { FastifyBaseLogger } from 'fastify'

const everyMs = 1_000

/**
 * Says in the log why answers are 503: for each reason at most once a second, with how many were left
 * out since, by the clock that never jumps. NOTE: only the kind of what has failed, since its text may
 * quote what people wrote.
 */
export class UnavailableLog {
  readonly #logger: FastifyBaseLogger
  readonly #told = new Map<string, { atMs: number; leftOut: number }>()

  constructor(logger: FastifyBaseLogger) {
    this.#logger = logger
  }

  note(error: unknown, logref: string): void {
    const code = codeOf(error)
    const now = performance.now()
    const told = this.#told.get(code)
    if (told && now - told.atMs < everyMs) return void told.leftOut++
    this.#told.set(code, { atMs: now, leftOut: 0 })
    this.#logger.warn({ code, logref, leftOut: told?.leftOut ?? 0 }, 'temporarily unavailable')
  }
}

/** As the system or the database names it; where nobody does, as it is told to who has asked. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  return kindOf(error.cause) ?? sentenceOf(error) ?? ownCodeOf(error) ?? 'unknown'
}

/** Errors of the driver have no code, and no values in their text. */
function kindOf(cause: unknown): string | undefined {
  return cause instanceof Error ? (ownCodeOf(cause) ?? sentenceOf(cause)) : undefined
}

const ownCodeOf = (error: Error): string | undefined =>
  'code' in error && typeof error.code === 'string' ? error.code : undefined

/** The first sentence, if it is one that holds no values. */
const sentenceOf = ({ message }: Error): string | undefined =>
  /^([A-Za-z ,]{1,100})(\.|$)/.exec(message)?.[1]
