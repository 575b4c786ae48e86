import { DoorstepError, NetworkError, UnprocessableError } from '@doorstep/client/errors'

import { texts } from './texts.ts'

/**
 * What a failed call says, in a sentence: the server's own where it is about what was typed, else that
 * it cannot be reached, else `otherwise`.
 */
export function problemOf(error: unknown, otherwise: string): string {
  if (error instanceof NetworkError) return texts.session.unreachable
  if (error instanceof UnprocessableError) {
    return error.errors.map(({ details }) => details).join(' ') || otherwise
  }
  return otherwise
}

/** What finds a failure in the log: its request id, or its code where there was no answer. */
export const traceOf = (error: unknown): string =>
  error instanceof DoorstepError ? (error.requestId ?? error.code) : String(error)
