import { mapRequestsPerHour, requestsPerHourDefault } from '@doorstep/contract/limits'
import type { Operation } from '@doorstep/contract/operations'
import { isMap } from '@doorstep/contract/paths'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

import type { Actor } from '../../domain/actor.ts'
import { apiError } from '../errors.ts'
import { isEncrypted, requireOrigin } from '../request/origin.ts'
import { isApi, isOAuth, isSignIn, pageOf, tellsSecrets } from '../request/requests.ts'
import { requireAdmin, requireScopes, unauthorized } from './auth.ts'
import { addressOf, isForwardedByStranger } from './client-address.ts'
import { RateLimit } from './rate-limit.ts'
import { findSender, type Sender, type SenderTools } from './senders.ts'
import { requireCsrfToken } from './session-cookie.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** null: there is no valid token or session, or the path needs none. */
    sender: Sender | null
    /** The key of the rate limit's bucket that counts this request. */
    limitKey: string
  }
}

export type Admit = (request: FastifyRequest, reply: FastifyReply) => Promise<void>

/** NOTE: in lower case, as the plugin looks for it before it adds it. */
const packing = 'accept-encoding'

/** For answers that a browser may be led to show. */
const securityHeaders = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self' 'unsafe-inline'; base-uri 'none'; form-action 'none'; " +
    "frame-ancestors 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  Vary: packing,
}

/** NOTE: behind a proxy that speaks TLS, this is up to the proxy. */
const onlySecurely = { 'Strict-Transport-Security': 'max-age=31536000' }

/**
 * Returns what runs first for every request: it sets the headers that every answer has, finds the
 * sender, and counts the request against the rate limit (429).
 */
export function newAdmission(
  app: FastifyInstance,
  tools: SenderTools,
  limit: RateLimit | undefined,
): Admit {
  app.decorateRequest('sender', null)
  app.decorateRequest('limitKey', '')
  const warnOfStranger = newStrangerWarning(app)
  // NOTE: whatever limit is set for tokens, supervisors and readers of the documentation get theirs.
  const pageLimit = limit && new RateLimit(requestsPerHourDefault)
  const mapLimit = limit && new RateLimit(mapRequestsPerHour)
  const { corsOrigins } = tools
  const isByOrigin = corsOrigins.length > 0 && !corsOrigins.includes('*')
  const vary = `Authorization, Cookie, ${packing}${isByOrigin ? ', Origin' : ''}`
  return async (request, reply) => {
    warnOfStranger(request)
    reply.headers(securityHeaders).header('X-Request-Id', request.id)
    if (isEncrypted(request)) reply.headers(onlySecurely)
    requireOrigin(request)
    const { url } = request.routeOptions
    // NOTE: CORS adds a route of every path for OPTIONS.
    const path = url === undefined || url === '*' ? request.url : url
    if (limit && isOAuth(path)) countRequest(limit, request, reply, tools.clock())
    const page = pageOf(path)
    if (pageLimit && page !== undefined) {
      countRequest(pageLimit, request, reply, tools.clock(), `${page} ${addressOf(request)}`)
    }
    if (mapLimit && isMap(path)) {
      countRequest(mapLimit, request, reply, tools.clock(), `map ${addressOf(request)}`)
    }
    if (!isApi(path)) return
    reply.headers({ 'Content-Language': 'en', Vary: vary })
    if (tellsSecrets(path)) reply.header('Cache-Control', 'no-store')
    request.sender = (await findSender(app, request, tools)) ?? null
    if (request.sender?.session) reply.header('Cache-Control', 'no-store')
    if (limit) countRequest(limit, request, reply, tools.clock())
  }
}

/** Warns once: otherwise anybody could fill the log. */
function newStrangerWarning(app: FastifyInstance): (request: FastifyRequest) => void {
  let isLogged = false
  return (request) => {
    if (isLogged || !isForwardedByStranger(request)) return
    isLogged = true
    app.log.warn(
      'X-Forwarded-For was ignored, since it came from an address that is not in TRUSTED_PROXIES. ' +
        'If a proxy of yours sent it, add its address: all its clients share one rate limit now.',
    )
  }
}

function countRequest(
  limit: RateLimit,
  request: FastifyRequest,
  reply: FastifyReply,
  now: number,
  anonymousKey?: string,
): void {
  const { sender } = request
  // Nobody who sends other requests from an address keeps people there from signing in.
  const kind = isSignIn(request) ? 'sign-in' : 'address'
  request.limitKey = sender?.limitKey ?? anonymousKey ?? `${kind} ${addressOf(request)}`
  const { allowed, remaining, waitS } = limit.take(request.limitKey, now, sender?.actor.accountKey)
  reply.header('RateLimit-Policy', `"token";q=${limit.capacity};w=60`)
  reply.header('RateLimit', `"token";r=${remaining};t=${waitS}`)
  if (allowed) return
  const { requestsPerHour } = limit
  const details = `Try again in ${waitS} s. The limit is ${requestsPerHour} requests per hour.`
  throw apiError('rate_limit_exceeded', 'rate limit exceeded', details, {
    'Retry-After': String(waitS),
  })
}

export function requireActor({ sender }: FastifyRequest): Actor {
  if (!sender) throw unauthorized()
  return sender.actor
}

/** Throws 401 or 403 unless the sender may run the operation. */
export function requireAllowed(request: FastifyRequest, operation: Operation): void {
  const actor = requireActor(request)
  requireScopes(actor, operation.scopes ?? [])
  if (operation.isForAdmins) requireAdmin(actor)
  requireCsrfToken(request)
}
