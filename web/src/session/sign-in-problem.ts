import {
  NetworkError,
  RateLimitedError,
  UnauthorizedError,
  UnprocessableError,
} from '@doorstep/client/errors'

import { texts } from '../texts/texts.ts'

const { session } = texts

/** What a failed sign-in says, in a sentence. `used`: where it was a one-time link's code. */
export function signInProblem(error: unknown, used?: string): string {
  if (error instanceof UnauthorizedError) return used ?? session.wrong
  if (error instanceof RateLimitedError) {
    return session.tooMany(Math.ceil((error.retryAfterMs ?? 60_000) / 60_000))
  }
  if (error instanceof UnprocessableError && error.fields.has('/account')) return session.several
  if (error instanceof NetworkError) return session.unreachable
  if (error instanceof UnprocessableError) {
    return error.errors.map(({ details }) => details).join(' ') || session.failed
  }
  return session.failed
}

/** Whether the person has to say which of several accounts is meant. */
export const mustNameAccount = (error: unknown): boolean =>
  error instanceof UnprocessableError && error.fields.has('/account')
