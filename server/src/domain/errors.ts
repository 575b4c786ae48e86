/** What can go wrong by the caller's doing. Anything else that is thrown is a bug. */
export type DomainErrorCode =
  | 'invalid'
  | 'not_found'
  | 'forbidden'
  | 'conflict'
  | 'key_reused'
  | 'position_invalid'
  | 'position_expired'
  | 'stream_reset'
  | 'unavailable'

/**
 * Its message tells the reader what was wrong and what to do next. Its cause is for the log, and may
 * hold what is nobody's business: of errors of a driver only their kind is to be told.
 */
export class DomainError extends Error {
  readonly code: DomainErrorCode

  constructor(code: DomainErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'DomainError'
    this.code = code
  }
}
