import type { ErrorItem } from '@doorstep/contract/errors'

/** One error of an answer: `{resource?, field?, code, message, details}` (PROTOCOL 8.1). */
export type ErrorEntry = ErrorItem['error']

/** What is known of a call that failed. */
export interface Failure {
  readonly message: string
  readonly code: string
  readonly details: string
  readonly status?: number | undefined
  readonly requestId?: string | undefined
  readonly errors?: readonly ErrorEntry[] | undefined
  readonly cause?: unknown
}

/**
 * Any call that failed. Its subclasses are the failures that a caller may treat differently;
 * every other status is this class, and so is a success that is not the API's JSON
 * (`unexpected_answer`).
 */
export class DoorstepError extends Error {
  override readonly name: string = 'DoorstepError'
  /** The HTTP status; undefined when there was no answer. */
  readonly status: number | undefined
  /** The first error's code (PROTOCOL 8.2), or one that follows from the status. */
  readonly code: string
  /** What was wrong and what to do, for the developer. */
  readonly details: string
  /** The X-Request-Id under which the server logged the call. */
  readonly requestId: string | undefined
  /** All errors of the answer; empty when its body was not the API's JSON. */
  readonly errors: readonly ErrorEntry[]

  constructor(failure: Failure) {
    super(failure.message, failure.cause === undefined ? {} : { cause: failure.cause })
    this.status = failure.status
    this.code = failure.code
    this.details = failure.details
    this.requestId = failure.requestId
    this.errors = failure.errors ?? []
  }
}

/** 400: a parameter is malformed, missing or unknown; `errors` has one entry for each. */
export class InvalidRequestError extends DoorstepError {
  override readonly name = 'InvalidRequestError'
}

/** 401: the token is missing, malformed, unknown, revoked or expired. */
export class UnauthorizedError extends DoorstepError {
  override readonly name = 'UnauthorizedError'
}

/** 403 `insufficient_scope`: the token lacks a scope, or the stream was asked by no admin. */
export class InsufficientScopeError extends DoorstepError {
  override readonly name = 'InsufficientScopeError'
}

/** 403 `forbidden`: the token's user may see the object, but not change it. */
export class ForbiddenError extends DoorstepError {
  override readonly name = 'ForbiddenError'
}

/** 404: nothing with this id in the token's account. */
export class NotFoundError extends DoorstepError {
  override readonly name = 'NotFoundError'
}

/**
 * 410: the stream cannot go on from this position, because its next event is older than the
 * retention time (`position_expired`) or because the server was restored from a backup that had
 * not seen it (`stream_reset`). Begin again at `tail` and compare with the list of visits.
 */
export class PositionGoneError extends DoorstepError {
  override readonly name = 'PositionGoneError'
  override readonly code: 'position_expired' | 'stream_reset'

  constructor(failure: Failure) {
    super(failure)
    this.code = failure.code === 'stream_reset' ? 'stream_reset' : 'position_expired'
  }
}

/** 409 `request_in_progress`: the first request with this idempotency key is still running. */
export class RequestInProgressError extends DoorstepError {
  override readonly name = 'RequestInProgressError'
  /** How long the server asks to wait; undefined when it did not say. */
  readonly retryAfterMs: number | undefined

  constructor(failure: Failure, retryAfterMs: number | undefined) {
    super(failure)
    this.retryAfterMs = retryAfterMs
  }
}

/** 413: the body is larger than the server takes. */
export class PayloadTooLargeError extends DoorstepError {
  override readonly name = 'PayloadTooLargeError'
}

/**
 * 422: the attributes cannot be accepted, or (`idempotency_key_reused`) the key was used with
 * another body.
 */
export class UnprocessableError extends DoorstepError {
  override readonly name = 'UnprocessableError'

  /** The errors by the JSON pointer of their attribute, as `/device/latitude`. */
  get fields(): ReadonlyMap<string, readonly ErrorEntry[]> {
    const pointed = this.errors.filter(({ field }) => field !== undefined)
    return Map.groupBy(pointed, ({ field = '' }) => field)
  }
}

/** 429: more requests than the token may make. */
export class RateLimitedError extends DoorstepError {
  override readonly name = 'RateLimitedError'
  /** How long the server asks to wait; undefined when it did not say. */
  readonly retryAfterMs: number | undefined

  constructor(failure: Failure, retryAfterMs: number | undefined) {
    super(failure)
    this.retryAfterMs = retryAfterMs
  }
}

/** 5xx: the server, or a proxy before it, failed. */
export class ServerError extends DoorstepError {
  override readonly name = 'ServerError'
  /** How long the server asks to wait; undefined when it did not say. */
  readonly retryAfterMs: number | undefined

  constructor(failure: Failure, retryAfterMs: number | undefined) {
    super(failure)
    this.retryAfterMs = retryAfterMs
  }
}

/** No whole answer: `timeout` after `timeoutMs`, else `network_error`; `cause` says more. */
export class NetworkError extends DoorstepError {
  override readonly name = 'NetworkError'
}
