import { createServer } from 'node:http'

import { bodyBytesMax, headerBytesMax } from '@doorstep/contract/limits'
import accepts from '@fastify/accepts'
import cookie from '@fastify/cookie'
import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify'

import type { Clock } from '../domain/clock.ts'
import type { OnPoint } from '../domain/crash-points.ts'
import type { Importer } from '../domain/importer.ts'
import type { Passwords } from '../domain/passwords.ts'
import type { Store } from '../domain/store.ts'
import { type LogCheckIn, logCheckIn } from '../rules/check-ins.ts'
import type { LastUses } from '../rules/usage-log.ts'
import { RateLimit } from './access/rate-limit.ts'
import { findSender, type Sender } from './access/senders.ts'
import { shareRateLimit } from './access/shared-rate-limit.ts'
import { SignInLimit } from './access/sign-in-limit.ts'
import { serveDocs } from './docs.ts'
import { ApiError, printErrors, serverError, toApiError } from './errors.ts'
import type { Forward } from './forward.ts'
import { serveHealth } from './health.ts'
import { serveHome } from './home.ts'
import type { OfferedGrants } from './oauth/library.ts'
import { serveOperations } from './operations.ts'
import { answerBrokenRequest } from './request/broken-requests.ts'
import { CanonicalResponse } from './request/canonical-headers.ts'
import { isQuerySchema, readQuery } from './request/query.ts'
import {
  isApi,
  isOAuth,
  noRoute,
  pathOf,
  requestId,
  requireJson,
  jsonType,
  originOf,
} from './request/requests.ts'
import { UnavailableLog } from './request/unavailable-log.ts'
import { StreamWaits } from './stream/long-poll.ts'

export interface AppOptions {
  readonly store: Store
  readonly clock: Clock
  readonly newEventId: () => string
  /** Logs visits elsewhere; absent: this thread does. */
  readonly logCheckIn?: LogCheckIn | undefined
  /** 64 random hex characters. */
  readonly newSecret: () => string
  readonly passwords: Passwords
  readonly lastUses: LastUses
  /** Absent: this server runs no imports. */
  readonly importer?: Importer | undefined
  /** Says that there is background work to be done. */
  readonly wake: () => void
  readonly logger: FastifyBaseLogger
  readonly version: string
  /** 0: no limit. */
  readonly requestsPerHour: number
  /** Whether other processes answer for the same store, so that the rate limit is one for all. */
  readonly isOneOfMany: boolean
  /** Addresses of proxies whose X-Forwarded-Proto and -Host are believed. */
  readonly trustedProxies: readonly string[]
  readonly offeredGrants: OfferedGrants
  readonly onPoint?: OnPoint
  /** The limit that this process shares with others; absent: its own. */
  readonly limit?: RateLimit | undefined
  /** Has requests answered by the process that writes; absent: this process answers all. */
  readonly forward?: Forward | undefined
}

/**
 * For answers that a browser may be led to show. Strict-Transport-Security is the business of the
 * proxy that speaks TLS.
 */
const securityHeaders = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self' 'unsafe-inline'; base-uri 'none'; form-action 'none'; " +
    "frame-ancestors 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
}

/** The whole HTTP side: what happens to every request; the routes are in operations.ts. */
export async function createApp(options: AppOptions): Promise<FastifyInstance> {
  const { store, clock, newEventId, logger, version, requestsPerHour, trustedProxies } = options
  const { onPoint } = options
  const app: FastifyInstance = fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    bodyLimit: bodyBytesMax,
    routerOptions: { maxParamLength: headerBytesMax, ignoreTrailingSlash: true },
    genReqId: ({ headers }) => requestId(headers['x-request-id']),
    exposeHeadRoutes: true,
    return503OnClosing: false,
    rewriteUrl: ({ url }) => pathOf(url),
    forceCloseConnections: 'idle',
    serverFactory: (handler) => {
      const server = createServer(
        { ServerResponse: CanonicalResponse, maxHeaderSize: headerBytesMax, noDelay: true },
        (request, response) => {
          if (options.forward?.(request, response) !== true) handler(request, response)
        },
      )
      server.keepAliveTimeout = 75_000
      // NOTE: else a client that ends its side after its request gets no answer that takes a while.
      return Object.assign(server, { httpAllowHalfOpen: true })
    },
    clientErrorHandler: (error, socket) => answerBrokenRequest(error, socket),
    frameworkErrors: async (error, request, reply) => {
      await admit(request, reply).then(
        () => answerError(error, request, reply),
        (refusal: unknown) => answerError(refusal, request, reply),
      )
    },
  })
  app.setValidatorCompiler(({ schema, httpPart }) => (data) => {
    if (httpPart !== 'querystring' || !isQuerySchema(schema)) return { value: data }
    const result = readQuery(schema, data)
    return 'problems' in result ? { error: new ApiError(result.problems) } : result
  })
  app.setSerializerCompiler(() => (body) => JSON.stringify(body))

  app.removeContentTypeParser(['text/plain', 'application/json'])
  const parseJson = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    // NOTE: clients say that nothing is JSON on requests that have no body.
    if (body === '') done(null, undefined)
    else void parseJson(request, String(body), done)
  })

  app.decorateRequest('actor', null)
  app.decorateRequest('browserSession', null)
  app.decorateRequest('limitKey', '')
  await app.register(accepts)
  await app.register(cookie, {
    secret: await store.secret('session cookies', options.newSecret()),
    hook: false,
  })
  const limit = options.limit ?? (requestsPerHour > 0 ? new RateLimit(requestsPerHour) : undefined)
  if (limit && options.isOneOfMany) {
    const stopSharing = shareRateLimit(limit, store, clock)
    app.addHook('onClose', stopSharing)
  }
  app.addHook('onRequest', admit)

  /** What every request goes through before anything else. */
  async function admit(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    reply.headers(securityHeaders).header('X-Request-Id', request.id)
    const path = request.routeOptions.url ?? request.url
    if (limit && isOAuth(path)) countRequest(limit, request, reply, undefined)
    if (!isApi(path)) return
    reply.header('Content-Language', 'en')
    const sender = await findSender(app, request, options)
    request.actor = sender?.actor ?? null
    request.browserSession = sender?.session ?? null
    if (limit) countRequest(limit, request, reply, sender)
    requireJson(request)
  }

  let isStopping = false
  app.addHook('onSend', async (request, reply, body) => {
    if (reply.statusCode === 304) limit?.refund(request.limitKey)
    // NOTE: else the server would go on keeping a connection that was busy when it began to stop.
    if (isStopping) reply.header('Connection', 'close')
    return body
  })

  function countRequest(
    buckets: RateLimit,
    request: FastifyRequest,
    reply: FastifyReply,
    sender: Sender | undefined,
  ): void {
    request.limitKey = sender?.limitKey ?? `address ${request.ip}`
    const account = sender?.actor.accountKey
    const { allowed, remaining, waitS } = buckets.take(request.limitKey, clock(), account)
    reply.header('RateLimit-Policy', `"token";q=${buckets.capacity};w=60`)
    reply.header('RateLimit', `"token";r=${remaining};t=${waitS}`)
    if (allowed) return
    const details = `Try again in ${waitS} s. The limit is ${requestsPerHour} requests per hour.`
    const problem = {
      code: 'rate_limit_exceeded',
      message: 'rate limit exceeded',
      details,
    } as const
    throw new ApiError([problem], { 'Retry-After': String(waitS) })
  }

  const unavailableLog = new UnavailableLog(logger)
  function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
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
  app.setErrorHandler((error, request, reply) => {
    // NOTE: Fastify reads the body before it says that there is no route.
    const isUnread = request.is404 && !(error instanceof ApiError)
    answerError(isUnread ? noRoute(request) : error, request, reply)
  })
  app.setNotFoundHandler((request) => {
    throw noRoute(request)
  })

  const { newSecret, passwords, wake, importer } = options
  const signIns = new SignInLimit(options.isOneOfMany ? store.rateBuckets : undefined)
  const secrets = { newSecret, passwords, signIns }
  const streamWaits = new StreamWaits(store.events)
  app.addHook('preClose', async () => {
    isStopping = true
    streamWaits.close()
  })
  const findActor = async (request: FastifyRequest) =>
    (await findSender(app, request, options))?.actor
  const streaming = { streamWaits, findActor }
  const tools = {
    store,
    clock,
    newEventId,
    logCheckIn: options.logCheckIn ?? ((checkIn) => logCheckIn(store, newEventId, checkIn)),
    onPoint,
    ...secrets,
    importer,
    wake,
    ...streaming,
  }
  await serveDocs(app, version)
  serveHome(app)
  serveHealth(app, store)
  await serveOperations(app, tools, options.offeredGrants)
  return app
}
