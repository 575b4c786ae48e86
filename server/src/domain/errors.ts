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

/** Its message tells the reader what was wrong and what to do next. */
export class DomainError extends Error {
  readonly code: DomainErrorCode

  constructor(code: DomainErrorCode, message: string) {
    super(message)
    this.name = 'DomainError'
    this.code = code
  }
}
