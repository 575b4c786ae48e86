import cluster from 'node:cluster'
import { fileURLToPath } from 'node:url'

import type { Config } from '../config.ts'
import type { OnAnswered } from '../domain/answered.ts'
import { DomainError } from '../domain/errors.ts'
import type { Store } from '../domain/store.ts'
import { programFiles } from '../program-files.ts'
import { LookLog } from '../rules/look-log.ts'
import { UsageLog } from '../rules/usage-log.ts'
import { isUnreachable } from '../storage/postgres/errors.ts'
import { claimDataFolder } from '../storage/sqlite/lock.ts'
import { BackupFolder } from './backups/backup-files.ts'
import { backupsJob } from './backups/scheduled-backups.ts'
import { openBasemaps } from './basemaps.ts'
import { openCheckIns } from './check-ins/check-ins.ts'
import { dieAtPoint } from './crash.ts'
import { Deadline } from './deadline.ts'
import { fillEmptyAccount } from './demo/demo-data.ts'
import { demoLinks } from './demo/demo-links.ts'
import { servedDemo } from './demo/served-demo.ts'
import { createFirstAccount } from './first-start.ts'
import { growSlowly } from './heap.ts'
import { RunningImports } from './imports/running-imports.ts'
import { looksJob, maintenanceJob, placingJob } from './jobs.ts'
import { listen } from './listening.ts'
import {
  databaseUnreachable,
  newTimelineAdvice,
  openConfigured,
  type Opening,
} from './open-store.ts'
import { argonPasswords } from './passwords.ts'
import { print } from './print.ts'
import { newEventId, newSecret, version } from './secrets.ts'
import { serverSettings } from './server-settings.ts'
import { untilSignal } from './signals.ts'
import { readTlsPair } from './tls.ts'
import { type Logs, openLogs } from './watching/logger.ts'
import { openMetrics } from './watching/open-metrics.ts'
import type { Traces } from './watching/open-telemetry.ts'
import { Worker } from './worker.ts'
import { runWorkers } from './workers.ts'

const shutdownMaxMs = 9_000

/** After this long, requests whose body does not arrive are dropped. */
const stalledMs = 5_000

/**
 * One process on SQLite; one or several equal ones on PostgreSQL. Resolves when it has stopped: to
 * whether something is left that holds the process up, so that the caller has to end it.
 */
export async function start(config: Config, isDemo: boolean): Promise<boolean> {
  using logs = await openLogs(config.logLevel)
  const { logger } = logs
  // NOTE: before anything else, so that a wrong certificate is one sentence and changes nothing.
  if (config.tls) readTlsPair(config.tls)
  if (cluster.isWorker) return await startWorker(config, isDemo, logs)
  if (config.workers > 1) {
    await runWorkers(config, logger)
    return false
  }
  // Servers share a PostgreSQL database; each claims its background work there.
  using _folder = config.databaseUrl === undefined ? claimDataFolder(config.dataDir) : undefined
  return await serve(config, isDemo, logs, undefined)
}

async function startWorker(config: Config, isDemo: boolean, logs: Logs): Promise<boolean> {
  using worker = new Worker()
  try {
    return await serve(config, isDemo, logs, worker)
  } catch (error) {
    if (worker.isReady || !(error instanceof DomainError) || !isUnreachable(error)) throw error
    process.stderr.write(`doorstep: ${error.message}\n`)
    process.exitCode = databaseUnreachable
    return false
  }
}

async function serve(...given: Parameters<typeof serveUntilStopped>): Promise<boolean> {
  growSlowly()
  const traces = await serveUntilStopped(...given)
  return traces?.isGivenUp === true
}

/** Serves until a signal, or the primary process, says to stop. */
async function serveUntilStopped(
  config: Config,
  isDemo: boolean,
  logs: Logs,
  worker: Worker | undefined,
): Promise<Pick<Traces, 'isGivenUp'> | undefined> {
  const { logger } = logs
  // NOTE: before the store, so that it covers closing it, which may wait for a database as well.
  using deadline = new Deadline(shutdownMaxMs, () => {
    logger.error(`shutdown timed out after ${shutdownMaxMs / 1000} s; exiting`)
    logs[Symbol.dispose]()
    process.exit(1)
  })
  const onPoint = dieAtPoint(config)
  const onNewTimeline = warnOfTimeline(logger)
  await using store = await openConfigured(config, 'reading', { onPoint, onNewTimeline })
  await using checkIns = openCheckIns(config, store, logger)
  const usageLog = new UsageLog()
  const lookLog = new LookLog()
  const maintenance = maintenanceJob(store, config, usageLog, logger)
  const placing = placingJob(store, config, logger)
  const looks = looksJob(store, lookLog, logger)
  const backupFolder = config.backups && new BackupFolder(config.backups.folder, config.dataDir)
  const backups = backupsJob(config, backupFolder, logger)
  const importer = openImports(store, config, logger)
  await using basemaps = openBasemaps(config, logger)
  // NOTE: loaded here, since no other command needs it and it takes a while.
  const { createApp } = await import('../http/app.ts')
  const metrics = await openMetrics(config, store, backupFolder)
  await using traces = await openTraces(config, logger)
  const app = await createApp({
    store,
    logCheckIn: checkIns.log,
    importer,
    usageLog,
    lookLog,
    wake: () => store.wake('maintenance'),
    logger,
    onAnswered: onEachAnswer([logs.logAnswer, metrics?.onAnswered, traces?.onAnswered]),
    metrics: metrics && { ...config.metrics, metrics },
    basemaps,
    demo: servedDemo(store),
    onPoint,
    ...fixedFor(config),
  })
  const stopped = worker ? worker.stopped : untilSignal()
  await using listening = await listen(app, config, logger)
  const url = `${listening.url}${config.basePath}`
  try {
    await createFirstAccount(store, config.firstLocalId, url)
    if (isDemo && worker?.isFirst !== false) await startDemo(store, url)
  } catch (error) {
    deadline.begin()
    throw error
  }
  listening.accept()
  if (worker) worker.ready(url)
  else printAddress(url, listening.redirectUrl)
  const jobs = [maintenance, placing, looks, backups]
  for (const job of jobs) job.start()

  logger.info({ signal: await stopped }, 'stopping')
  deadline.begin()
  const stalled = setTimeout(() => app.server.closeAllConnections(), stalledMs)
  const work = [...jobs, importer]
  await Promise.all([listening.close(), ...work.map((each) => each[Symbol.asyncDispose]())])
  clearTimeout(stalled)
  await writeLast(store, lookLog, usageLog, logger)
  return traces
}

/** What the app is given by the settings and the program alone. */
const fixedFor = (config: Config) => ({
  version,
  clock: Date.now,
  newEventId,
  newSecret,
  passwords: argonPasswords(newSecret),
  settings: serverSettings(config),
  requestsPerHour: config.requestsPerHour,
  connectionsMax: config.connectionsMax,
  isOneOfMany: config.databaseUrl !== undefined,
  trustedProxies: config.trustedProxies,
  basePath: config.basePath,
  corsOrigins: config.corsOrigins,
  offeredGrants: config.offeredGrants,
  webFolder: fileURLToPath(programFiles.webApp),
})

/** NOTE: loaded only where requests are traced. */
async function openTraces({ traces }: Config, logger: Logs['logger']): Promise<Traces | undefined> {
  if (!traces) return undefined
  const { startTraces } = await import('./watching/open-telemetry.ts')
  return startTraces(traces, version, logger)
}

function printAddress(url: string, redirectUrl: string | undefined): void {
  if (redirectUrl) print(`${redirectUrl} redirects to it:`)
  print(`listening on ${url}`)
}

const warnOfTimeline =
  (logger: Logs['logger']): Opening['onNewTimeline'] =>
  ({ timeline, before }) =>
    logger.warn({ timeline, timeline_before: before }, newTimelineAdvice)

async function startDemo(store: Store, url: string): Promise<void> {
  print(await fillEmptyAccount(store))
  const links = await demoLinks(store, url)
  if (links !== undefined) print(links)
}

const openImports = (store: Store, config: Config, logger: Logs['logger']): RunningImports =>
  new RunningImports(store, config, {
    onFailed: (error) => logger.error({ err: error }, 'an import failed; start it again to resume'),
    onStopUnread: (error) =>
      logger.warn({ err: error }, 'requests to stop imports were not read; each import polls too'),
  })

/** Writes what is otherwise written now and then in the background. */
async function writeLast(
  store: Store,
  lookLog: LookLog,
  usageLog: UsageLog,
  logger: Logs['logger'],
): Promise<void> {
  await lookLog.flush(store).catch((error: unknown) => {
    logger.warn({ err: error }, 'who saw where users were could not be written')
  })
  await usageLog.flush(store).catch((error: unknown) => {
    logger.warn({ err: error }, 'when tokens were last used could not be written')
  })
}

function onEachAnswer(all: readonly (OnAnswered | undefined)[]): OnAnswered | undefined {
  const present = all.filter((each) => each !== undefined)
  const [first] = present
  if (present.length < 2) return first
  return (answered) => {
    for (const onAnswered of present) onAnswered(answered)
  }
}
