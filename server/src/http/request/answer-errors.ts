import { bodyBytesMax } from '@doorstep/contract/limits'
import type { FastifyBaseLogger, FastifyError, FastifyReply, FastifyRequest } from 'fastify'

import { type DomainErrorCode, DomainError } from '../../domain/errors.ts'
import { ApiError, printErrors, serverError, type Problem, unknownPath } from '../errors.ts'
import { originOf } from './origin.ts'
import { jsonType } from './requests.ts'
import { UnavailableLog } from './unavailable-log.ts'

export type AnswerError = (error: unknown, request: FastifyRequest, reply: FastifyReply) => void

/** Returns what answers any error. It logs bugs in full, and samples the reasons for 503. */
export function newErrorAnswers(logger: FastifyBaseLogger): AnswerError {
  const unavailableLog = new UnavailableLog(logger)
  return (error, request, reply) => {
    const known = toApiError(error, request)
    if (known?.status === 503) unavailableLog.note(error, request.id)
    if (!known) logger.error({ err: error, logref: request.id }, 'a request failed')
    const answered = known ?? serverError()
    for (const name of fileHeaders) reply.removeHeader(name)
    void reply
      .code(answered.status)
      .headers({ 'X-Request-Id': request.id, 'Content-Language': 'en', ...answered.headers })
      .type(jsonType)
      .send(printErrors(answered, request.id, originOf(request)))
  }
}

/** Set for a file that cannot be read from its beginning. */
const fileHeaders = ['Content-Disposition', 'Content-Encoding', 'Doorstep-Position']

const domainErrors: Readonly<Record<DomainErrorCode, Pick<Problem, 'code' | 'message'>>> = {
  invalid: { code: 'invalid_param', message: 'invalid request' },
  not_found: { code: 'not_found', message: 'resource you are looking for was not found' },
  key_reused: { code: 'idempotency_key_reused', message: 'idempotency key reused' },
  conflict: { code: 'conflict', message: 'the request conflicts with the stored data' },
  forbidden: { code: 'forbidden', message: 'not allowed' },
  position_invalid: { code: 'invalid_param', message: 'invalid request query parameter' },
  position_expired: { code: 'position_expired', message: 'the position has expired' },
  stream_reset: { code: 'stream_reset', message: 'the stream has been reset' },
  busy: { code: 'rate_limit_exceeded', message: 'too many requests at once' },
  unavailable: { code: 'temporarily_unavailable', message: 'temporarily unavailable' },
}

/**
 * The answer to anything that was thrown; undefined: a bug, which only the log describes. The request
 * says how long its body may be.
 */
export function toApiError(error: unknown, request?: FastifyRequest): ApiError | undefined {
  if (error instanceof ApiError) return error
  if (error instanceof DomainError) {
    const { code, message } = domainErrors[error.code]
    const isLater = ['unavailable', 'busy'].includes(error.code)
    const headers: Record<string, string> = isLater ? { 'Retry-After': '1' } : {}
    return new ApiError([{ code, message, details: error.message }], headers)
  }
  const problem = isFastifyError(error) && fastifyProblem(error, request)
  return problem ? new ApiError([problem]) : undefined
}

/** Errors of Fastify and of its plugins, which may have a status without a code. */
const isFastifyError = (error: unknown): error is FastifyError =>
  error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'

const detailsOf = ({ code, message }: FastifyError): string =>
  code === 'FST_ERR_CTP_INVALID_JSON_BODY'
    ? 'The body is not valid JSON. Send an object: {"data": {...}}.'
    : message

function fastifyProblem(error: FastifyError, request?: FastifyRequest): Problem | undefined {
  const { statusCode = 500 } = error
  switch (statusCode) {
    // The documentation's files refuse paths that lead out of their folder.
    case 403:
    case 404:
      return unknownPath
    case 413:
      return {
        code: 'payload_too_large',
        message: 'payload too large',
        details: `The body is too large. Send at most ${request?.routeOptions.bodyLimit ?? bodyBytesMax} bytes.`,
      }
    case 415:
      return {
        code: 'unsupported_media_type',
        message: 'unsupported media type',
        details: 'Send the body as application/json.',
      }
    default:
      return statusCode >= 400 && statusCode < 500
        ? { code: 'invalid_payload', message: 'invalid request', details: detailsOf(error) }
        : undefined
  }
}
