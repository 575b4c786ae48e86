/** Errors that a caller can cause or has to handle. Anything else that is thrown is a bug. */
export type DomainErrorCode =
  | 'invalid'
  | 'not_found'
  | 'forbidden'
  | 'conflict'
  | 'key_reused'
  | 'position_invalid'
  | 'position_expired'
  | 'stream_reset'
  /** The keys that a walk by cursor follows are no longer known. */
  | 'walk_ended'
  | 'busy'
  | 'unavailable'
  /** An import has given the user another id since the sender was looked up. */
  | 'user_moved'

/**
 * The message says what went wrong and what to do next. The cause is for the log only,
 * since it may hold private data: never show more than the kind of a driver's error.
 */
export class DomainError extends Error {
  readonly code: DomainErrorCode

  constructor(code: DomainErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'DomainError'
    this.code = code
  }
}

/** The id names no user: users are never deleted, but an import can give one another id. */
export const userMoved = (): DomainError =>
  new DomainError('user_moved', 'An import has just given this user another id. Try again.')
