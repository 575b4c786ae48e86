import cluster, { type Worker } from 'node:cluster'

import type { Logger } from 'pino'

import type { Config } from '../config.ts'
import { databaseUnreachable } from './open-store.ts'
import { print } from './print.ts'
import { untilSignal } from './signals.ts'
import { isWorkerMessage, type WorkerMessage } from './worker.ts'

/** A worker that lives no longer than this has failed. */
const shortLifeMs = 10_000
const failuresMax = 5
const firstPauseMs = 100
/** The longest pause before restarting a worker that waits for the database. */
const unreachablePauseMs = 5_000
/** More than a worker takes to stop by itself. */
const stopMaxMs = 12_000

/** The primary of several equal processes on one port: it starts them, and restarts any that exit. */
export async function runWorkers(config: Config, logger: Logger): Promise<void> {
  const workers = new Workers(config.workers, logger)
  if (config.metrics.token !== undefined || config.metrics.allowed.length > 0) {
    const { answerWorkers } = await import('./watching/worker-metrics.ts')
    answerWorkers((error) => logger.error({ err: error }, 'the metrics could not be put together'))
  }
  void untilSignal().then((signal) => workers.stop(signal))
  process.exitCode = await workers.run()
}

/** One of the workers; a restart puts another process in the same place. */
interface Place {
  worker: Worker | undefined
  isReady: boolean
  startedMs: number
  /** Short lives in a row. */
  failures: number
  /** Starts in a row that failed because the database was unreachable. */
  waits: number
}

class Workers {
  readonly #places: readonly Place[]
  readonly #logger: Logger
  readonly #ended = Promise.withResolvers<number>()
  #isListening = false
  #isStopping = false
  #status = 0

  constructor(count: number, logger: Logger) {
    this.#logger = logger
    this.#places = Array.from({ length: count }, () => ({
      worker: undefined,
      isReady: false,
      startedMs: 0,
      failures: 0,
      waits: 0,
    }))
  }

  /** Resolves with the exit status when all workers have exited. */
  run(): Promise<number> {
    const [first] = this.#places
    // NOTE: it creates the tables and the first account; the others start when it is ready.
    if (first) this.#start(first)
    return this.#ended.promise
  }

  stop(why: string): void {
    if (this.#isStopping) return
    this.#isStopping = true
    this.#logger.info({ signal: why }, 'stopping all workers')
    for (const { worker } of this.#places) if (worker) sendStop(worker)
    setTimeout(() => {
      this.#logger.error('shutdown timed out; killing the workers that are left')
      this.#status = 1
      for (const { worker } of this.#places) worker?.process.kill('SIGKILL')
    }, stopMaxMs).unref()
    this.#endWhenAllExited()
  }

  #start(place: Place): void {
    const worker = cluster.fork()
    place.worker = worker
    place.isReady = false
    place.startedMs = performance.now()
    this.#logger.info({ worker: worker.process.pid }, 'worker started')
    worker.on('message', (message: unknown) => {
      if (!isWorkerMessage(message) || message.kind !== 'ready') return
      place.isReady = true
      this.#logger.info({ worker: worker.process.pid }, 'worker ready')
      this.#onReady(message.url)
    })
    worker.on('error', (error) => this.#logger.error({ err: error }, 'worker unreachable'))
    worker.on('exit', (status: number | null, signal: string | null) => {
      if (place.worker !== worker) return
      place.worker = undefined
      this.#onExit(place, status, signal)
    })
  }

  /** Once the first worker is ready, the others start; once all are, the server is. */
  #onReady(url: string): void {
    if (this.#isListening || this.#isStopping) return
    for (const place of this.#places) {
      if (!place.worker && place.startedMs === 0) this.#start(place)
    }
    if (this.#places.some(({ isReady }) => !isReady)) return
    this.#isListening = true
    print(`listening on ${url}`)
  }

  #onExit(place: Place, status: number | null, signal: string | null): void {
    if (this.#isStopping) {
      if (status !== 0) this.#status ||= 1
      this.#endWhenAllExited()
      return
    }
    const isFirstStart = !this.#isListening && signal === null
    if (status === databaseUnreachable && !isFirstStart) {
      place.failures = 0
      this.#logger.warn({ status }, 'the database is unreachable; retrying the worker')
      this.#startLater(place, Math.min(firstPauseMs * 2 ** place.waits++, unreachablePauseMs))
      return
    }
    place.waits = 0
    const lifeMs = performance.now() - place.startedMs
    place.failures = lifeMs < shortLifeMs ? place.failures + 1 : 0
    if (isFirstStart || place.failures >= failuresMax) {
      const often = place.failures >= failuresMax ? `, ${failuresMax} times in a row` : ''
      const how = status === null ? `on ${signal}` : `with status ${status}`
      process.stderr.write(`doorstep: a worker exited ${how}${often}; stopping all workers\n`)
      this.#status = status || 1
      this.stop('a worker exited')
      return
    }
    this.#logger.error({ status, signal }, 'a worker exited; restarting it')
    this.#startLater(place, firstPauseMs * 2 ** Math.max(0, place.failures - 1))
  }

  #startLater(place: Place, pauseMs: number): void {
    setTimeout(() => {
      if (!this.#isStopping) this.#start(place)
    }, pauseMs)
  }

  #endWhenAllExited(): void {
    if (this.#places.every(({ worker }) => !worker)) this.#ended.resolve(this.#status)
  }
}

/** NOTE: a worker that is exiting receives nothing; its exit is what counts. */
function sendStop(worker: Worker): void {
  const message: WorkerMessage = { kind: 'stop' }
  if (worker.isConnected()) worker.send(message, () => {})
}
