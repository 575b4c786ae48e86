import {
  DoorstepError,
  type ErrorEntry,
  type Failure,
  ForbiddenError,
  InsufficientScopeError,
  InvalidRequestError,
  NetworkError,
  NotFoundError,
  PayloadTooLargeError,
  PositionGoneError,
  PreconditionFailedError,
  RateLimitedError,
  RequestInProgressError,
  ServerError,
  UnauthorizedError,
  UnprocessableError,
} from './errors.ts'
import { isRecord, parseJson } from './json.ts'

const noEntry =
  'The answer has no error in the API’s JSON, so it may come from a proxy. ' +
  'Check the url and the proxies in front of the server.'

/** The error for an answer that is not a success, or is one without the API's JSON. */
export function answerFailure(
  call: string,
  response: Response,
  text: string,
  nowMs: number,
): DoorstepError {
  const { status, headers } = response
  const body = parseJson(text)
  const errors = entriesOf(body)
  const code = errors[0]?.code ?? codeOf(status)
  const details = errors[0]?.details || errors[0]?.message || noEntry
  const failure: Failure = {
    message: `${call} answered ${status} ${code}: ${details}`,
    status,
    code,
    details,
    requestId: headers.get('X-Request-Id') ?? logrefOf(body),
    errors,
  }
  if (status === 400) return new InvalidRequestError(failure)
  if (status === 401) return new UnauthorizedError(failure)
  if (code === 'insufficient_scope') return new InsufficientScopeError(failure)
  if (code === 'forbidden') return new ForbiddenError(failure)
  if (status === 404) return new NotFoundError(failure)
  if (status === 410) return new PositionGoneError(failure)
  if (status === 412) return new PreconditionFailedError(failure)
  if (status === 413) return new PayloadTooLargeError(failure)
  if (status === 422) return new UnprocessableError(failure)
  const retryAfterMs = parseRetryAfter(headers.get('Retry-After'), nowMs)
  if (code === 'request_in_progress') return new RequestInProgressError(failure, retryAfterMs)
  if (status === 429) return new RateLimitedError(failure, retryAfterMs)
  if (status >= 500) return new ServerError(failure, retryAfterMs)
  return new DoorstepError(failure)
}

/** The error for a call without a complete answer; `timeoutMs` is given if it timed out. */
export function networkFailure(
  call: string,
  cause: unknown,
  timeoutMs: number | undefined,
): NetworkError {
  const details =
    timeoutMs === undefined
      ? reasonOf(cause)
      : `No answer within ${timeoutMs} ms. Raise timeoutMs if the server needs longer.`
  const code = timeoutMs === undefined ? 'network_error' : 'timeout'
  return new NetworkError({ message: `${call} failed, ${code}: ${details}`, code, details, cause })
}

/** Milliseconds from seconds or an HTTP date, never negative; undefined if it is neither. */
export function parseRetryAfter(header: string | null, nowMs: number): number | undefined {
  if (header === null) return undefined
  if (/^\d+$/.test(header)) return Number(header) * 1000
  const timeMs = /^[A-Z][a-z]+, .+ GMT$/.test(header) ? Date.parse(header) : Number.NaN
  return Number.isNaN(timeMs) ? undefined : Math.max(0, timeMs - nowMs)
}

function codeOf(status: number): string {
  if (status === 401) return 'unauthorized'
  if (status === 404) return 'not_found'
  if (status === 410) return 'position_expired'
  if (status === 412) return 'precondition_failed'
  if (status === 413) return 'payload_too_large'
  if (status === 429) return 'rate_limit_exceeded'
  if (status === 503) return 'temporarily_unavailable'
  return status >= 500 ? 'server_error' : 'unexpected_answer'
}

function entriesOf(body: unknown): ErrorEntry[] {
  return isRecord(body) && Array.isArray(body.errors) ? body.errors.flatMap(entryOf) : []
}

function entryOf(value: unknown): ErrorEntry[] {
  const error = isRecord(value) ? value.error : undefined
  if (!isRecord(error) || typeof error.code !== 'string') return []
  const { resource, field, code, message, details } = error
  return [
    {
      ...(typeof resource === 'string' && { resource }),
      ...(typeof field === 'string' && { field }),
      code,
      message: typeof message === 'string' ? message : '',
      details: typeof details === 'string' ? details : '',
    },
  ]
}

function logrefOf(body: unknown): string | undefined {
  const meta = isRecord(body) ? body.meta : undefined
  return isRecord(meta) && typeof meta.logref === 'string' ? meta.logref : undefined
}

/** Node only says `fetch failed`. The reason is in its cause: one for each host that it tried. */
function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown)
  if (thrown.cause instanceof Error) return reasonOf(thrown.cause)
  if (thrown instanceof AggregateError && thrown.errors.length > 0) {
    return thrown.errors.map(reasonOf).join(', ')
  }
  return thrown.message || thrown.name
}
