import { createServer } from 'node:http'

import accepts from '@fastify/accepts'
import helmet from '@fastify/helmet'
import { getAccountSelf } from '@doorstep/contract/accounts'
import { bodyBytesMax, headerBytesMax } from '@doorstep/contract/limits'
import { createPinChange, listPinChanges, updatePinChange } from '@doorstep/contract/pin-changes'
import { streamVisits } from '@doorstep/contract/stream'
import { getUser, getUserSelf, listUsers } from '@doorstep/contract/users'
import { listVisitOutcomes } from '@doorstep/contract/visit-outcomes'
import {
  createVisit,
  deleteVisit,
  getVisit,
  listVisits,
  updateVisit,
} from '@doorstep/contract/visits'
import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify'

import type { Clock } from '../domain/clock.ts'
import type { OnPoint } from '../domain/crash-points.ts'
import type { Store } from '../domain/store.ts'
import { handleGetAccountSelf } from './accounts.ts'
import { bearerHash, findActor } from './auth.ts'
import { CanonicalResponse } from './canonical-headers.ts'
import { serveDocs } from './docs.ts'
import { answerBrokenRequest } from './broken-requests.ts'
import { ApiError, printErrors, serverError, toApiError } from './errors.ts'
import { serveHealth } from './health.ts'
import { serveHome } from './home.ts'
import {
  handleCreatePinChange,
  handleListPinChanges,
  handleUpdatePinChange,
} from './pin-changes.ts'
import { isQuerySchema, readQuery } from './query.ts'
import { RateLimit } from './rate-limit.ts'
import { isApi, noRoute, pathOf, requestId, requireJson } from './requests.ts'
import { jsonType, originOf, serve } from './routes.ts'
import { handleStreamVisits } from './stream.ts'
import { handleGetUser, handleGetUserSelf, handleListUsers } from './users.ts'
import { handleListVisitOutcomes } from './visit-outcomes.ts'
import { handleListVisits } from './visits.ts'
import {
  visitChecks,
  handleCreateVisit,
  handleDeleteVisit,
  handleGetVisit,
  handleUpdateVisit,
} from './visit-writes.ts'

export interface AppOptions {
  readonly store: Store
  readonly clock: Clock
  readonly newEventId: () => string
  readonly logger: FastifyBaseLogger
  readonly version: string
  /** 0: no limit. */
  readonly requestsPerHour: number
  /** Addresses of proxies whose X-Forwarded-Proto and -Host are believed. */
  readonly trustedProxies: readonly string[]
  readonly onPoint?: OnPoint
}

/** What is left out says nothing about JSON, or is the business of the proxy that speaks TLS. */
const pageSecurity = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  crossOriginOpenerPolicy: false,
  hsts: false,
  originAgentCluster: false,
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
}

/** The whole HTTP side: what happens to every request, then the list of routes. */
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
        handler,
      )
      server.keepAliveTimeout = 75_000
      return server
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

  app.decorateRequest('actor', null)
  app.decorateRequest('limitKey', '')
  await app.register(accepts)
  await app.register(helmet, pageSecurity)
  const limit = requestsPerHour > 0 ? new RateLimit(requestsPerHour) : undefined
  app.addHook('onRequest', admit)

  /** What every request goes through before anything else. */
  async function admit(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    reply.header('X-Request-Id', request.id)
    if (!isApi(request.url)) return
    reply.header('Content-Language', 'en')
    const hash = bearerHash(request.headers.authorization)
    request.actor = (await findActor(store, clock, hash)) ?? null
    if (limit) countRequest(limit, request, reply, request.actor ? hash : undefined)
    requireJson(request)
  }

  app.addHook('onSend', async (request, reply, body) => {
    if (reply.statusCode === 304) limit?.refund(request.limitKey)
    return body
  })

  function countRequest(
    buckets: RateLimit,
    request: FastifyRequest,
    reply: FastifyReply,
    hash: string | undefined,
  ): void {
    request.limitKey = hash ?? `address ${request.ip}`
    const { allowed, remaining, waitS } = buckets.take(request.limitKey, clock())
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

  function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const known = toApiError(error)
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

  const tools = { store, clock, newEventId, onPoint }
  await serveDocs(app, version)
  serveHome(app)
  serveHealth(app, store)
  serve(app, tools, listVisits, handleListVisits)
  serve(app, tools, getVisit, handleGetVisit)
  serve(app, tools, createVisit, handleCreateVisit, visitChecks)
  serve(app, tools, updateVisit, handleUpdateVisit, visitChecks)
  serve(app, tools, deleteVisit, handleDeleteVisit)
  serve(app, tools, streamVisits, handleStreamVisits)
  serve(app, tools, listPinChanges, handleListPinChanges)
  serve(app, tools, createPinChange, handleCreatePinChange)
  serve(app, tools, updatePinChange, handleUpdatePinChange)
  serve(app, tools, listVisitOutcomes, handleListVisitOutcomes)
  serve(app, tools, listUsers, handleListUsers)
  serve(app, tools, getUserSelf, handleGetUserSelf)
  serve(app, tools, getUser, handleGetUser)
  serve(app, tools, getAccountSelf, handleGetAccountSelf)
  return app
}
