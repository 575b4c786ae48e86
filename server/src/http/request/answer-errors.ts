import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify'

import { ApiError, printErrors, serverError, toApiError } from '../errors.ts'
import { jsonType, originOf } from './requests.ts'
import { UnavailableLog } from './unavailable-log.ts'

export type AnswerError = (error: unknown, request: FastifyRequest, reply: FastifyReply) => void

/** Returns what answers any error. It logs bugs in full, and samples the reasons for 503. */
export function newErrorAnswers(logger: FastifyBaseLogger): AnswerError {
  const unavailableLog = new UnavailableLog(logger)
  return (error, request, reply) => {
    const known = toApiError(error)
    if (known?.status === 503) unavailableLog.note(error, request.id)
    if (!known) logger.error({ err: error, logref: request.id }, 'a request failed')
    const answered = known ?? new ApiError([serverError])
    void reply
      .code(answered.status)
      .headers({ 'X-Request-Id': request.id, 'Content-Language': 'en', ...answered.headers })
      .type(jsonType)
      .send(printErrors(answered, request.id, originOf(request)))
  }
}
