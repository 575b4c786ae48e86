import type { ErrorItem } from '@doorstep/contract/errors'

/** One error of an answer: `{resource?, field?, code, message, details}` (PROTOCOL 8.1). */
export type ErrorEntry = ErrorItem['error']

/** The details of a failed call. */
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
 * A failed call. Its subclasses are the failures that a caller may treat differently. Every other
 * status is this class, and so is a success whose body is not the API's JSON
 * (`unexpected_answer`).
 */
export class DoorstepError extends Error {
  override readonly name: string = 'DoorstepError'
  /** The HTTP status; undefined if there was no answer. */
  readonly status: number | undefined
  /** The first error's code (PROTOCOL 8.2), or one derived from the status. */
  readonly code: string
  /** What was wrong and what to do, for the developer. */
  readonly details: string
  /** The X-Request-Id under which the server logged the call. */
  readonly requestId: string | undefined
  /** All errors of the answer; empty if its body was not the API's JSON. */
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

/** 403 `insufficient_scope`: the token lacks a scope, or is not an admin's (stream). */
export class InsufficientScopeError extends DoorstepError {
  override readonly name = 'InsufficientScopeError'
}

/** 403 `forbidden`: the token's user may see the object, but not change it. */
export class ForbiddenError extends DoorstepError {
  override readonly name = 'ForbiddenError'
}

/** 404: the token's account has nothing with this id. */
export class NotFoundError extends DoorstepError {
  override readonly name = 'NotFoundError'
}

/**
 * 410: the stream cannot continue from this position, because its next event is older than the
 * retention time (`position_expired`) or because the server was restored from a backup older than
 * the position (`stream_reset`). Restart at `tail` and compare with the list of visits.
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
  /** How long the server asks to wait; undefined if it did not say. */
  readonly retryAfterMs: number | undefined

  constructor(failure: Failure, retryAfterMs: number | undefined) {
    super(failure)
    this.retryAfterMs = retryAfterMs
  }
}

/**
 * 412: the object is no longer the one that `ifMatch` names. Get it, apply the change to what it is
 * now, and try again. It may be one's own change, if the answer to an earlier attempt was lost.
 */
export class PreconditionFailedError extends DoorstepError {
  override readonly name = 'PreconditionFailedError'
}

/** 413: the body is larger than the server accepts. */
export class PayloadTooLargeError extends DoorstepError {
  override readonly name = 'PayloadTooLargeError'
}

/**
 * 422: the attributes are invalid, or the key was used with another body
 * (`idempotency_key_reused`).
 */
export class UnprocessableError extends DoorstepError {
  override readonly name = 'UnprocessableError'

  /** The errors by the JSON pointer of their attribute, such as `/device/latitude`. */
  get fields(): ReadonlyMap<string, readonly ErrorEntry[]> {
    const pointed = this.errors.filter(({ field }) => field !== undefined)
    return Map.groupBy(pointed, ({ field = '' }) => field)
  }
}

/** 429: the token has exceeded its rate limit. */
export class RateLimitedError extends DoorstepError {
  override readonly name = 'RateLimitedError'
  /** How long the server asks to wait; undefined if it did not say. */
  readonly retryAfterMs: number | undefined

  constructor(failure: Failure, retryAfterMs: number | undefined) {
    super(failure)
    this.retryAfterMs = retryAfterMs
  }
}

/** 5xx: the server, or a proxy in front of it, failed. */
export class ServerError extends DoorstepError {
  override readonly name = 'ServerError'
  /** How long the server asks to wait; undefined if it did not say. */
  readonly retryAfterMs: number | undefined

  constructor(failure: Failure, retryAfterMs: number | undefined) {
    super(failure)
    this.retryAfterMs = retryAfterMs
  }
}

/** No complete answer: `timeout` after `timeoutMs`, otherwise `network_error`. See `cause`. */
export class NetworkError extends DoorstepError {
  override readonly name = 'NetworkError'
}
