import type { FastifyBaseLogger } from 'fastify'

const everyMs = 1_000

/**
 * Logs why answers are 503: each reason at most once a second, with the number of lines left out
 * since. NOTE: it logs only the kind of an error, since the text may quote what users wrote.
 */
export class UnavailableLog {
  readonly #logger: FastifyBaseLogger
  readonly #logged = new Map<string, { atMs: number; leftOut: number }>()

  constructor(logger: FastifyBaseLogger) {
    this.#logger = logger
  }

  note(error: unknown, logref: string): void {
    const code = codeOf(error)
    const now = performance.now()
    const last = this.#logged.get(code)
    if (last && now - last.atMs < everyMs) return void last.leftOut++
    this.#logged.set(code, { atMs: now, leftOut: 0 })
    this.#logger.warn({ code, logref, leftOut: last?.leftOut ?? 0 }, 'temporarily unavailable')
  }
}

/** The code of the system or the database; without one, the first sentence of the answer. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  return kindOf(error.cause) ?? sentenceOf(error) ?? ownCodeOf(error) ?? 'unknown'
}

/** Errors of the driver have no code, and their text holds no values. */
function kindOf(cause: unknown): string | undefined {
  return cause instanceof Error ? (ownCodeOf(cause) ?? sentenceOf(cause)) : undefined
}

const ownCodeOf = (error: Error): string | undefined =>
  'code' in error && typeof error.code === 'string' ? error.code : undefined

/** The first sentence, if it holds no values. */
const sentenceOf = ({ message }: Error): string | undefined =>
  /^([A-Za-z ,]{1,100})(\.|$)/.exec(message)?.[1]
