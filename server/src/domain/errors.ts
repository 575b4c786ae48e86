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
  | 'busy'
  | 'unavailable'

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

/** `what`: the kind of object and its id, as in 'visit 7'. */
export const notFound = (what: string): DomainError =>
  new DomainError('not_found', `There is no ${what}. Check the id.`)

/**
 * The id names no user: users are never deleted, but an import can give one another id. A request
 * whose user has moved runs again under the new id (PROTOCOL A.8).
 */
export const userMoved = (): DomainError => new DomainError('conflict', movedText)

const movedText = 'An import has just given this user another id. Try again.'

/** Also where the error comes from another thread. */
export const isUserMoved = (error: unknown): boolean =>
  error instanceof DomainError && error.code === 'conflict' && error.message === movedText
