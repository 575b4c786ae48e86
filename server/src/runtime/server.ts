import cluster from 'node:cluster'

import type { Logger } from 'pino'

import type { Config } from '../config.ts'
import type { AccountKey } from '../domain/accounts.ts'
import { DomainError } from '../domain/errors.ts'
import { scopes } from '../domain/scopes.ts'
import type { Store } from '../domain/store.ts'
import { openGeocoder } from '../geocoding/open.ts'
import { logCheckIn } from '../rules/check-ins.ts'
import { maintain } from '../rules/maintenance.ts'
import { geocodeDue } from '../rules/place-addresses.ts'
import { UsageLog } from '../rules/usage-log.ts'
import { isAway } from '../storage/postgres/errors.ts'
import { claimDataFolder } from '../storage/sqlite/lock.ts'
import { Background } from './background.ts'
import { CheckInThread } from './check-in-thread.ts'
import { dieAtPoint } from './crash.ts'
import { fillEmptyAccount } from './demo-data.ts'
import { makeAccount } from './first-account.ts'
import { newLogger } from './logger.ts'
import { makeToken } from './new-token.ts'
import { databaseAway, openConfigured } from './open-store.ts'
import { argonPasswords } from './passwords.ts'
import { print } from './print.ts'
import { RunningImports } from './running-imports.ts'
import { newSecret, version, newEventId } from './secrets.ts'
import { untilSignal } from './signals.ts'
import { Worker } from './worker.ts'
import { runWorkers } from './workers.ts'
import { listenToReaders } from './writer-socket.ts'

const maintenanceMs = 60_000

/** How soon a new address is asked for. */
const placingMs = 5_000

const closeMaxMs = 9_000

/** After this, requests whose body does not come are given up. */
const stalledMs = 5_000

const notKept = 'when tokens were last used could not be kept'

const firstEmail = 'admin@doorstep.local'

/** One process, or several on the same port. */
export async function start(config: Config, isDemo: boolean): Promise<void> {
  const logger = newLogger(config.logLevel)
  if (cluster.isWorker) {
    using worker = await Worker.open()
    try {
      return await serve(config, isDemo, logger, worker)
    } catch (error) {
      if (worker.isReady || !(error instanceof DomainError) || !isAway(error)) throw error
      process.stderr.write(`doorstep: ${error.message}\n`)
      process.exitCode = databaseAway
      return
    }
  }
  if (config.workers > 1) return await runWorkers(config, logger)
  // Servers on one PostgreSQL share it; each claims its background work there.
  using _folder = config.databaseUrl === undefined ? claimDataFolder(config.dataDir) : undefined
  await serve(config, isDemo, logger, undefined)
}

async function serve(
  config: Config,
  isDemo: boolean,
  logger: Logger,
  worker: Worker | undefined,
): Promise<void> {
  const onPoint = dieAtPoint(config)
  // NOTE: before the store, so that it ends after it: closing that may wait for a database, too.
  using deadline = new Deadline(closeMaxMs, () => {
    logger.error('not all has ended in time; stopping all the same')
    process.exit(1)
  })
  await using opened = await openConfigured(config, 'reading', onPoint)
  const store = worker?.isReader ? worker.readingStore(opened) : opened
  // NOTE: loaded here, since no other command needs it and it takes a while.
  const { createApp } = await import('../http/app.ts')
  const { RateLimit } = await import('../http/access/rate-limit.ts')
  const { forwardWrites } = await import('../http/forward.ts')
  const { serveForwarded } = await import('../http/forwarded.ts')
  // NOTE: on PostgreSQL the processes of all machines have their buckets in common; told to one another
  // as well, requests would count twice.
  const isCountedHere = worker && worker.part.role !== 'equal' && config.requestsPerHour > 0
  const limit = isCountedHere ? new RateLimit(config.requestsPerHour) : undefined
  if (limit) worker?.shareLimit(limit)
  const usageLog = new UsageLog()
  const maintaining = {
    ...config,
    clock: Date.now,
    newEventId,
    holdsClaim: () => store.claim('maintenance'),
    onError: (error: unknown, account: AccountKey | undefined) =>
      logger.error(
        { err: error, account },
        'background work failed; it is tried again in a minute',
      ),
  }
  const background = new Background(
    async (signal) => {
      await usageLog.flush(store)
      if (!(await maintaining.holdsClaim())) return
      await maintain(store, { ...maintaining, signal })
    },
    maintenanceMs,
    (error) => maintaining.onError(error, undefined),
  )
  if (worker?.isWriter) {
    worker.serveReaders(store, (error) => logger.warn({ err: error }, notKept))
  }
  const geocoder = openGeocoder(config.geocoder)
  const { pauseMs } = config.geocoder
  const placing = new Background(
    async (signal) => {
      const holdsClaim = () => store.claim('placing')
      if (!geocoder || !(await holdsClaim())) return
      await geocodeDue(store, { geocoder, clock: Date.now, pauseMs, holdsClaim, signal })
    },
    placingMs,
    (error) => logger.error({ err: error }, 'placing addresses failed; it is tried again shortly'),
  )
  const importer = new RunningImports(store, config, {
    onEnded: (error) =>
      logger.error({ err: error }, 'an import has ended; it can be started again'),
    onNotLooked: (error) =>
      logger.warn(
        { err: error },
        'it was not found out which imports are to stop; each looks again by itself',
      ),
  })
  // PostgreSQL does the work of a write in processes of its own.
  await using checkIns =
    config.databaseUrl === undefined && !worker?.isReader
      ? new CheckInThread(
          config,
          (checkIn) => logCheckIn(store, newEventId, checkIn),
          (account) => store.events.announce(account),
          (error) => logger.error({ err: error }, 'the thread for check-ins could not start'),
        )
      : undefined
  const app = await createApp({
    store,
    logCheckIn: checkIns && ((checkIn) => checkIns.log(checkIn)),
    importer: worker?.isReader ? undefined : importer,
    clock: Date.now,
    newEventId,
    newSecret,
    passwords: argonPasswords(newSecret),
    usageLog,
    wake: () => store.wake('maintenance'),
    logger,
    version,
    requestsPerHour: config.requestsPerHour,
    isOneOfMany: config.databaseUrl !== undefined,
    trustedProxies: config.trustedProxies,
    offeredGrants: config.offeredGrants,
    onPoint,
    limit,
    forward: worker?.isReader ? forwardWrites(worker.part.socketPath) : undefined,
  })
  store.onWoken('maintenance', () => background.wake())
  const stopped = worker ? worker.stopped : untilSignal()
  await using _forwarded = worker?.isWriter
    ? await listenToReaders(serveForwarded(app), worker.part.socketPath)
    : undefined
  await app.listen({ host: config.host, port: config.port }).catch((error: unknown) => {
    throw explainListening(error, config)
  })
  const bound = app.server.address()
  const port = typeof bound === 'object' && bound !== null ? bound.port : config.port
  const url = addressOf(config.host, port)
  const isFirst = worker === undefined || worker.part.isFirst
  const first = isFirst ? await makeFirstAccount(store, config.firstLocalId) : undefined
  if (first) printFirstSteps(url, first.token)
  if (isFirst && isDemo) print(await fillEmptyAccount(store))
  if (worker) worker.ready(url)
  else print(`listening on ${url}`)
  background.start()
  placing.start()
  logger.info({ signal: await stopped }, 'stopping')
  deadline.begin()
  const stalled = setTimeout(() => app.server.closeAllConnections(), stalledMs)
  await Promise.all([
    app.close(),
    background[Symbol.asyncDispose](),
    placing[Symbol.asyncDispose](),
    importer[Symbol.asyncDispose](),
    worker?.isWriter ? worker.alone : undefined,
  ])
  await usageLog.flush(store).catch((error: unknown) => {
    logger.warn({ err: error }, notKept)
  })
  clearTimeout(stalled)
}

/** Once begun, calls when it is over, unless it is disposed of before. */
class Deadline implements Disposable {
  readonly #maxMs: number
  readonly #onOver: () => void
  #timer: NodeJS.Timeout | undefined

  constructor(maxMs: number, onOver: () => void) {
    this.#maxMs = maxMs
    this.#onOver = onOver
  }

  begin(): void {
    this.#timer = setTimeout(this.#onOver, this.#maxMs)
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer)
  }
}

function explainListening(error: unknown, { host, port }: Config): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const why = { EADDRINUSE: 'is in use', EACCES: 'may not be used', EADDRNOTAVAIL: 'is not here' }
  const known = Object.entries(why).find(([name]) => name === code)?.[1]
  if (known === undefined) return error
  return new DomainError(
    'unavailable',
    `${addressOf(host, port)} ${known}. Choose another PORT or HOST.`,
  )
}

const addressOf = (host: string, port: number): string =>
  `http://${host.includes(':') ? `[${host}]` : host}:${port}`

/** On an empty store: an account with an admin, and a token, which is told this once. */
async function makeFirstAccount(
  store: Store,
  firstId: number,
): Promise<{ token: string } | undefined> {
  if ((await store.accounts.list()).length > 0) return undefined
  if (!(await store.claim('first account'))) return undefined
  const { key } = await makeAccount(store, 'My team', firstEmail, undefined, firstId)
  const token = await makeToken(store, key, {
    email: firstEmail,
    description: 'made at the first start',
    scopes,
    expiresAt: null,
  })
  return { token }
}

function printFirstSteps(url: string, token: string): void {
  print(`
Doorstep has made an account and its admin, ${firstEmail}.
This token is shown only now:

  ${token}

Try it:

  curl -H "Authorization: Bearer ${token}" ${url}/v2/visits
  curl -H "Authorization: Bearer ${token}" "${url}/v3/visits/stream?position=tail"

To read about the API: ${url}/docs
`)
}
