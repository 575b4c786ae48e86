import cors from '@fastify/cors'
import type { FastifyInstance, FastifyRequest } from 'fastify'

import { siteOf } from '../request/origin.ts'
import { isApi } from '../request/requests.ts'

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE']
/** What programs send beyond what every page may. */
const allowedHeaders = [
  'Accept',
  'Authorization',
  'Content-Type',
  'Idempotency-Key',
  'If-Match',
  'If-None-Match',
  'X-Request-Id',
]
/** What programs read beyond what every page may. */
const exposedHeaders = [
  'Allow',
  'Content-Disposition',
  'Doorstep-Position',
  'ETag',
  'Idempotency-Replayed',
  'Link',
  'RateLimit',
  'RateLimit-Policy',
  'Retry-After',
  'WWW-Authenticate',
  'X-Request-Id',
]
/** Chromium keeps no preflight longer than two hours. */
const maxAge = 7_200

/** Paths by which people, and not programs, sign in. */
const forPeople = /^\/(?:v2\/session|oauth2\/authorize)\/?(?:\?|$)/
const forPrograms = /^\/(?:oauth2\/|openapi\.json(?:\?|$))/

const isForPrograms = (url: string): boolean =>
  (isApi(url) || forPrograms.test(url)) && !forPeople.test(url)

/**
 * Lets programs in pages of these origins, or of all with `*`, call the API with a token: their
 * browsers learn what they may send and read. Never with cookies. Call it before admission.
 */
export async function allowOrigins(
  app: FastifyInstance,
  origins: readonly string[],
): Promise<void> {
  if (origins.length === 0) return
  await app.register(cors, {
    delegator: async (request: FastifyRequest) => ({
      origin: isPreflightOrCall(request) ? allowed(request, origins) : false,
      methods,
      allowedHeaders,
      exposedHeaders,
      maxAge,
    }),
  })
}

/** NOTE: any other OPTIONS is 405, as without the setting. */
const isPreflightOrCall = ({ method, url, headers }: FastifyRequest): boolean =>
  isForPrograms(url) &&
  (method !== 'OPTIONS' ||
    (headers.origin !== undefined && headers['access-control-request-method'] !== undefined))

function allowed({ headers }: FastifyRequest, origins: readonly string[]): string | false {
  if (origins.includes('*')) return '*'
  return origins.find((origin) => origin === headers.origin) ?? false
}

/**
 * Whether a page of another origin sent the request. Browsers send cookies of a host also to pages of
 * its other ports and subdomains, if a script there asks for it.
 */
export const isForeign = (request: FastifyRequest, origins: readonly string[]): boolean =>
  origins.length > 0 &&
  request.headers.origin !== undefined &&
  request.headers.origin !== siteOf(request)
