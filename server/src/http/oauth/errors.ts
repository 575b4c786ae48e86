import OAuth2Server from '@node-oauth/oauth2-server'
import type { FastifyRequest } from 'fastify'

import { toApiError } from '../request/answer-errors.ts'

/** Codes of RFC 6749 (4.1.2.1, 5.2), RFC 6750 (3.1). The description is plain ASCII. */
export type OAuthErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'invalid_scope'
  | 'invalid_token'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'unsupported_response_type'
  | 'access_denied'
  | 'insufficient_scope'
  | 'temporarily_unavailable'
  | 'server_error'

const statuses: Readonly<Record<OAuthErrorCode, number>> = {
  invalid_request: 400,
  invalid_client: 401,
  invalid_grant: 400,
  invalid_scope: 400,
  invalid_token: 401,
  unauthorized_client: 400,
  unsupported_grant_type: 400,
  unsupported_response_type: 400,
  access_denied: 400,
  insufficient_scope: 403,
  temporarily_unavailable: 503,
  server_error: 500,
}

interface FailureOptions {
  readonly headers?: Readonly<Record<string, string>>
  /** If it differs from the code's own. */
  readonly status?: number
}

/** An error answer of an OAuth endpoint. */
export class OAuthFailure extends Error {
  readonly code: OAuthErrorCode
  readonly status: number
  readonly headers: Readonly<Record<string, string>>

  constructor(
    code: OAuthErrorCode,
    description: string,
    { headers = {}, status = statuses[code] }: FailureOptions = {},
  ) {
    super(description)
    this.name = 'OAuthFailure'
    this.code = code
    this.status = status
    this.headers = headers
  }
}

/** The answer to anything that was thrown; undefined: a bug, which only the log describes. */
export function toFailure(error: unknown, request: FastifyRequest): OAuthFailure | undefined {
  if (error instanceof OAuthFailure) return error
  if (error instanceof OAuth2Server.OAuthError) {
    // NOTE: the library wraps whatever its model throws.
    if ('inner' in error) return toFailure(error.inner, request)
    const code = codeOf(error.name)
    return code && code !== 'server_error' ? new OAuthFailure(code, error.message) : undefined
  }
  const known = toApiError(error, request)
  if (!known) return undefined
  const { status, headers, message } = known
  const isLater = status === 429 || status === 503
  return new OAuthFailure(isLater ? 'temporarily_unavailable' : 'invalid_request', message, {
    status,
    headers,
  })
}

export const bug = (): OAuthFailure =>
  new OAuthFailure(
    'server_error',
    'An unexpected error occurred. Ask your administrator to look at the server log.',
  )

function codeOf(name: string): OAuthErrorCode | undefined {
  return isCode(name) ? name : undefined
}

const isCode = (name: string): name is OAuthErrorCode => Object.hasOwn(statuses, name)

/** The body of an error answer (RFC 6749, 5.2). */
export const printFailure = ({ code, message }: OAuthFailure, origin: string): string =>
  JSON.stringify({
    error: code,
    error_description: message,
    error_uri: `${origin}/docs`,
  })
