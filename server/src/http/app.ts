import { hash } from 'node:crypto'

import { bodyBytesMax, headerBytesMax } from '@doorstep/contract/limits'
import accepts from '@fastify/accepts'
import cookie from '@fastify/cookie'
import proxyAddr from '@fastify/proxy-addr'
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'

import type { OnAnswered } from '../domain/answered.ts'
import type { Basemaps } from '../domain/basemap.ts'
import type { Clock } from '../domain/clock.ts'
import type { OnPoint } from '../domain/crash-points.ts'
import type { DemoTeam } from '../domain/demo.ts'
import type { Importer } from '../domain/importer.ts'
import type { Metrics } from '../domain/metrics.ts'
import type { Passwords } from '../domain/passwords.ts'
import type { ServerSettings } from '../domain/settings.ts'
import type { Store } from '../domain/store.ts'
import { type LogCheckIn, logCheckIn, refuseEarly } from '../rules/check-ins.ts'
import type { LookLog } from '../rules/look-log.ts'
import type { UsageLog } from '../rules/usage-log.ts'
import { newAdmission } from './access/admission.ts'
import { allowOrigins } from './access/cors.ts'
import { RateLimit } from './access/rate-limit.ts'
import { findSender } from './access/senders.ts'
import { shareRateLimit } from './access/shared-rate-limit.ts'
import { SignInLimit } from './access/sign-in-limit.ts'
import { findStyleUrl, serveBasemap } from './basemap.ts'
import { serveDocs } from './docs.ts'
import { RunningExports } from './exports/running-exports.ts'
import { serveHealth } from './health.ts'
import { type MetricsAccess, serveMetrics } from './metrics.ts'
import type { OfferedGrants } from './oauth/library.ts'
import { serveOperations } from './operations.ts'
import { newErrorAnswers } from './request/answer-errors.ts'
import { reportAnswers } from './request/answers.ts'
import { answerBrokenRequest } from './request/broken-requests.ts'
import type { Tools } from './request/call.ts'
import { Cursors } from './request/cursors.ts'
import { newServer } from './request/new-server.ts'
import { pathWithin, placeApp } from './request/origin.ts'
import { packAnswers } from './request/packing.ts'
import { parseRequests } from './request/parsers.ts'
import { noRoute, pathOf, requestId, requireJson } from './request/requests.ts'
import { StreamWaits } from './stream/long-poll.ts'
import { ReaderLags } from './stream/reader-lags.ts'
import { isPage, newPages, serveWeb } from './web.ts'

export interface AppOptions {
  readonly store: Store
  readonly clock: Clock
  readonly newEventId: () => string
  /** Logs a visit in another thread; absent: this thread does it. */
  readonly logCheckIn?: LogCheckIn | undefined
  /** 64 random hex characters. */
  readonly newSecret: () => string
  readonly passwords: Passwords
  readonly usageLog: UsageLog
  readonly lookLog: LookLog
  /** Absent: this server runs no imports. */
  readonly importer?: Importer | undefined
  /** Absent: this server has none. */
  readonly demo?: DemoTeam | undefined
  /** Starts the background work that is due. */
  readonly wake: () => void
  readonly logger: FastifyBaseLogger
  /** Learns of every request when it is over; absent: nobody does. */
  readonly onAnswered?: OnAnswered | undefined
  /** Absent: /metrics is unknown. */
  readonly metrics?: (MetricsAccess & { readonly metrics: Metrics }) | undefined
  readonly version: string
  readonly settings: ServerSettings
  /** 0: no limit. */
  readonly requestsPerHour: number
  /** Whether other processes serve the same store, so that all share one rate limit. */
  readonly isOneOfMany: boolean
  /** Further connections are closed at once; absent: no limit. */
  readonly connectionsMax?: number
  /** Addresses of proxies whose X-Forwarded-For, -Proto, -Host, -Port and -Prefix are trusted. */
  readonly trustedProxies: readonly string[]
  /** The path before every other, as `/doorstep`; empty: none. */
  readonly basePath: string
  /** Origins whose pages may call the API with a token; `*`: all. */
  readonly corsOrigins: readonly string[]
  readonly offeredGrants: OfferedGrants
  /** Where the web app is, or will be, built; absent: nowhere. */
  readonly webFolder?: string | undefined
  /** Absent: this server has no map of its own. */
  readonly basemaps?: Basemaps | undefined
  readonly onPoint?: OnPoint
}

/** Creates the HTTP server with all that applies to every request. Routes are in operations.ts. */
export async function createApp(options: AppOptions): Promise<FastifyInstance> {
  const { store, logger, version, trustedProxies, basePath } = options
  const isTrusted = proxyAddr.compile([...trustedProxies])
  const app: FastifyInstance = fastify({
    loggerInstance: withoutChildren(logger),
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: trustedProxies.length > 0 ? isTrusted : false,
    bodyLimit: bodyBytesMax,
    routerOptions: { maxParamLength: headerBytesMax, ignoreTrailingSlash: true },
    genReqId: ({ headers }) => requestId(headers['x-request-id']),
    exposeHeadRoutes: true,
    return503OnClosing: false,
    rewriteUrl: ({ url }) => pathWithin(basePath, pathOf(url)),
    forceCloseConnections: 'idle',
    serverFactory: (handler) => newServer(handler, options),
    clientErrorHandler: (error, socket) => void answerBrokenRequest(error, socket),
    frameworkErrors: (error, request, reply) =>
      admit(request, reply).then(
        () => answerError(error, request, reply),
        (refusal: unknown) => answerError(refusal, request, reply),
      ),
  })
  placeApp(app, { basePath, isTrusted: (address) => isTrusted(address, 0) })
  await app.register(accepts)
  await app.register(cookie, {
    secret: await store.secret('session cookies', options.newSecret()),
    hook: false,
  })
  const limit = newLimit(app, options)
  if (options.onAnswered) reportAnswers(app, options.onAnswered)
  await allowOrigins(app, options.corsOrigins)
  const admit = newAdmission(app, options, limit)
  app.addHook('onRequest', admit)
  app.addHook('onRequest', (request, _reply, done) => {
    requireJson(request)
    // NOTE: Fastify would read the body before it reports that there is no route.
    if (request.is404 && !isPage(request)) throw noRoute(request)
    done()
  })

  parseRequests(app)
  const answerError = newErrorAnswers(logger)
  app.setErrorHandler(answerError)
  const streamWaits = new StreamWaits(store.events)
  const readerLags = new ReaderLags()
  const exports = new RunningExports()
  endConnectionsOnClose(app, streamWaits, exports)
  const tagKey = hash('sha256', `${await store.secret('tags', options.newSecret())} ${version}`)
  const cursors = new Cursors(await store.secret('cursors', options.newSecret()))
  const tools = { ...newTools(app, options, streamWaits), readerLags, exports, tagKey, cursors }
  await serveAll(app, tools, options)
  return app
}

/** Pages, probes and the operations of the contract. */
async function serveAll(app: FastifyInstance, tools: Tools, options: AppOptions): Promise<void> {
  const sendPage = newPages(options.webFolder, (request) =>
    // NOTE: without its store the server still shows its pages, which say so.
    findStyleUrl(tools, request).catch(() => null),
  )
  app.setNotFoundHandler(sendPage)

  await packAnswers(app)
  await serveDocs(app, options.version)
  await serveWeb(app, options.webFolder, sendPage)
  serveHealth(app, options.store)
  if (options.metrics) {
    const { metrics } = options.metrics
    serveMetrics(app, metrics, options.metrics)
    const { streamWaits, readerLags } = tools
    metrics.watchReaders(() => ({ waiting: streamWaits.count, behind: readerLags.greatest() }))
  }
  serveBasemap(app, tools)
  await serveOperations(app, tools, options.offeredGrants)
}

function newTools(
  app: FastifyInstance,
  options: AppOptions,
  streamWaits: StreamWaits,
): Omit<Tools, 'tagKey' | 'cursors' | 'exports' | 'readerLags'> {
  const { store, clock, newEventId, newSecret, passwords, importer, wake, onPoint } = options
  const { settings, version, demo, basemaps = noBasemap } = options
  return {
    store,
    lookLog: options.lookLog,
    clock,
    newEventId,
    newSecret,
    passwords,
    importer,
    settings,
    version,
    demo,
    basemaps,
    wake,
    onPoint,
    streamWaits,
    logCheckIn: refuseEarly(
      store,
      options.logCheckIn ?? ((checkIn) => logCheckIn(store, newEventId, checkIn)),
    ),
    signIns: new SignInLimit(options.isOneOfMany ? store.rateBuckets : undefined),
    findActor: async (request) => (await findSender(app, request, options))?.actor,
  }
}

/**
 * What Doorstep logs of a request names its id; a logger for each would cost as much as a hook. NOTE: so
 * Fastify's serializers, which it gives to a child, are lost: nothing may log a request as a whole.
 */
const withoutChildren = (logger: FastifyBaseLogger): FastifyBaseLogger => {
  const childless: FastifyBaseLogger = Object.create(logger, { child: { value: () => childless } })
  return childless
}

const noBasemap: Basemaps = { find: async () => undefined }

/** On shutdown, answers the waiting stream readers and closes each connection after its answer. */
function endConnectionsOnClose(
  app: FastifyInstance,
  streamWaits: StreamWaits,
  exports: RunningExports,
): void {
  let isStopping = false
  app.addHook('preClose', async () => {
    isStopping = true
    streamWaits.close()
    exports.close()
  })
  app.addHook('onSend', (_request, reply, body, done) => {
    // NOTE: otherwise a connection that was busy when the stop began would stay open.
    if (isStopping) reply.header('Connection', 'close')
    done(null, body)
  })
}

/** Undefined: there is none. 304 counts against no limit (PROTOCOL 5.7). */
function newLimit(
  app: FastifyInstance,
  { store, clock, requestsPerHour, isOneOfMany }: AppOptions,
): RateLimit | undefined {
  if (requestsPerHour <= 0) return undefined
  const limit = new RateLimit(requestsPerHour)
  if (isOneOfMany) app.addHook('onClose', shareRateLimit(limit, store, clock))
  app.addHook('onSend', (request, reply, body, done) => {
    if (reply.statusCode === 304) limit.refund(request.limitKey)
    done(null, body)
  })
  return limit
}
