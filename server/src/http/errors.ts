import { STATUS_CODES } from 'node:http'

import { type ErrorCode, type Errors, errorStatus } from '@doorstep/contract/errors'
import type { FastifyError } from 'fastify'

import { DomainError, type DomainErrorCode } from '../domain/errors.ts'

export interface Problem {
  readonly code: ErrorCode
  readonly message: string
  readonly details: string
  readonly resource?: string
  readonly field?: string
}

/** An answer that is not a success: one or more problems of the same status. */
export class ApiError extends Error {
  readonly problems: readonly [Problem, ...Problem[]]
  readonly headers: Readonly<Record<string, string>>

  constructor(
    problems: readonly [Problem, ...Problem[]],
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(problems[0].details)
    this.name = 'ApiError'
    this.problems = problems
    this.headers = headers
  }

  get status(): number {
    return errorStatus[this.problems[0].code]
  }
}

export function throwProblems(problems: readonly Problem[]): void {
  const [first, ...others] = problems
  if (first) throw new ApiError([first, ...others])
}

const moreInfo = '/docs'

/** The body of an error answer (PROTOCOL 8.1). */
export function printErrors(error: ApiError, requestId: string, origin: string): string {
  const links = { more_info: `${origin}${moreInfo}` }
  const body: Errors = {
    errors: error.problems.map(({ resource, field, code, message, details }) => ({
      error: {
        ...(resource !== undefined && { resource }),
        ...(field !== undefined && { field }),
        code,
        message,
        details,
      },
      meta: { type: 'error', links },
    })),
    meta: {
      type: 'errors',
      http_status: `${error.status} ${STATUS_CODES[error.status]}`,
      logref: requestId,
      links,
    },
  }
  return JSON.stringify(body)
}

const domainErrors: Readonly<Record<DomainErrorCode, Pick<Problem, 'code' | 'message'>>> = {
  invalid: { code: 'invalid_param', message: 'invalid request' },
  not_found: { code: 'not_found', message: 'resource you are looking for was not found' },
  key_reused: { code: 'idempotency_key_reused', message: 'idempotency key reused' },
  conflict: { code: 'already_exists', message: 'the request conflicts with what is stored' },
  forbidden: { code: 'forbidden', message: 'not allowed' },
  position_invalid: { code: 'invalid_param', message: 'invalid request query parameter' },
  position_expired: { code: 'position_expired', message: 'the position has expired' },
  stream_reset: { code: 'stream_reset', message: 'the stream has been reset' },
  unavailable: { code: 'temporarily_unavailable', message: 'temporarily unavailable' },
}

/** What to answer for anything that was thrown; undefined: a bug, whose nature stays in the log. */
export function toApiError(error: unknown): ApiError | undefined {
  if (error instanceof ApiError) return error
  if (error instanceof DomainError) {
    const { code, message } = domainErrors[error.code]
    const headers: Record<string, string> =
      code === 'temporarily_unavailable' ? { 'Retry-After': '1' } : {}
    return new ApiError([{ code, message, details: error.message }], headers)
  }
  const problem = isFastifyError(error) && fastifyProblem(error)
  return problem ? new ApiError([problem]) : undefined
}

const isFastifyError = (error: unknown): error is FastifyError =>
  error instanceof Error && 'code' in error && 'statusCode' in error

function fastifyProblem(error: FastifyError): Problem | undefined {
  switch (error.statusCode) {
    case 400:
    case 414:
      return { code: 'invalid_payload', message: 'invalid request', details: error.message }
    case 404:
      return unknownPath
    case 413:
      return { code: 'payload_too_large', message: 'payload too large', details: error.message }
    case 415:
      return {
        code: 'unsupported_media_type',
        message: 'unsupported media type',
        details: 'Send the body as application/json.',
      }
    default:
      return undefined
  }
}

export const unknownPath: Problem = {
  code: 'not_found',
  message: 'Not Found',
  details: 'Requested path was not found.',
}

export const serverError: Problem = {
  code: 'server_error',
  message: 'server error',
  details: 'Something went wrong on this side. The server’s log tells more under the logref.',
}

export const resourceNotFound = (resource: string, id: string): ApiError =>
  new ApiError([
    {
      resource,
      code: 'not_found',
      message: 'resource you are looking for was not found',
      details: `Resource of the type '${resource}' with the id '${id}' was not found.`,
    },
  ])

/** `why` ends in what was given, as in "must be between 1 and 100, given: 200". */
export const invalidParameter = (name: string, why: string): Problem => ({
  code: 'invalid_param',
  message: 'invalid request query parameter',
  details:
    `The request query parameter '${name}' is malformed, missing, or has an invalid value ` +
    `(${why})`,
})
