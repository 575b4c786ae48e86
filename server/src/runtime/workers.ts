import cluster, { type Worker } from 'node:cluster'
import { join, relative } from 'node:path'

import type { Logger } from 'pino'

import type { Config } from '../config.ts'
import { DomainError } from '../domain/errors.ts'
import { claimDataFolder } from '../storage/sqlite/lock.ts'
import { databaseAway, diskFailed } from './open-store.ts'
import { print } from './print.ts'
import { untilSignal } from './signals.ts'
import { isWorkerMessage, type WorkerMessage, type WorkerPart } from './worker-messages.ts'

/** A worker that lives no longer than this has failed. */
const shortLifeMs = 10_000
const failuresMax = 5
const firstPauseMs = 100
/** The longest pause until a worker is tried again that waits for the database. */
const awayPauseMs = 5_000
/** More than a worker takes to stop by itself. */
const stopMaxMs = 12_000
/** What operating systems take as the path of a Unix socket. */
const socketPathMax = 100

/** The primary of several processes on one port: it starts them, and again those that end. */
export async function runWorkers(config: Config, logger: Logger): Promise<void> {
  const isShared = config.databaseUrl !== undefined
  using _folder = isShared ? undefined : claimDataFolder(config.dataDir)
  const socketPath = isShared ? '' : socketPathOf(config.dataDir)
  const workers = new Workers(config.workers, isShared, socketPath, logger)
  void untilSignal().then((signal) => workers.stop(signal))
  process.exitCode = await workers.run()
}

function socketPathOf(dataDir: string): string {
  const path = join(dataDir, 'writer.sock')
  const [shortest = path] = [path, relative(process.cwd(), path)].toSorted(
    (one, other) => one.length - other.length,
  )
  if (shortest.length <= socketPathMax) return shortest
  throw new DomainError(
    'unavailable',
    `The path of DATA_DIR is too long for several WORKERS: ${path} may have ${socketPathMax} ` +
      'characters. Choose a shorter one.',
  )
}

/** A place among the workers; who has it changes when it is started again. */
interface Place {
  readonly role: WorkerPart['role']
  worker: Worker | undefined
  isReady: boolean
  startedMs: number
  /** Short lives in a row. */
  failures: number
  /** Starts in a row that the database was away at. */
  waits: number
}

class Workers {
  readonly #places: readonly Place[]
  readonly #socketPath: string
  readonly #logger: Logger
  readonly #ended = Promise.withResolvers<number>()
  #isListening = false
  #isStopping = false
  #status = 0

  constructor(count: number, isShared: boolean, socketPath: string, logger: Logger) {
    this.#socketPath = socketPath
    this.#logger = logger
    this.#places = Array.from({ length: count }, (_, index) => ({
      role: isShared ? 'equal' : index === 0 ? 'writer' : 'reader',
      worker: undefined,
      isReady: false,
      startedMs: 0,
      failures: 0,
      waits: 0,
    }))
  }

  /** Answers the exit status, when all have ended. */
  run(): Promise<number> {
    const [first] = this.#places
    // NOTE: it makes the tables and the first account; the others start when it is ready.
    if (first) this.#start(first)
    return this.#ended.promise
  }

  stop(why: string): void {
    if (this.#isStopping) return
    this.#isStopping = true
    this.#logger.info({ signal: why }, 'stopping all workers')
    this.#tellAll({ kind: 'stop' })
    setTimeout(() => {
      this.#logger.error('some workers did not end in time; they are killed')
      this.#status = 1
      for (const { worker } of this.#places) worker?.process.kill('SIGKILL')
    }, stopMaxMs).unref()
    this.#endWhenAlone()
  }

  #start(place: Place): void {
    const isFirst = this.#places.every(({ isReady }) => !isReady) && !this.#isListening
    const worker = cluster.fork()
    const part = { role: place.role, isFirst, socketPath: this.#socketPath }
    place.worker = worker
    place.isReady = false
    place.startedMs = performance.now()
    this.#logger.info({ worker: worker.process.pid, role: place.role }, 'a worker is started')
    worker.on('message', (message: unknown) => {
      if (isWorkerMessage(message)) this.#hear(place, worker, message, part)
    })
    worker.on('error', (error) => this.#logger.error({ err: error }, 'a worker cannot be told'))
    worker.on('exit', (status: number | null, signal: string | null) => {
      if (place.worker !== worker) return
      place.worker = undefined
      this.#onExit(place, status, signal)
    })
  }

  #hear(place: Place, worker: Worker, message: WorkerMessage, part: WorkerPart): void {
    switch (message.kind) {
      case 'hello':
        this.#tell(worker, { kind: 'part', part })
        break
      case 'ready':
        place.isReady = true
        if (this.#isStopping) this.#tell(worker, { kind: 'stop' })
        else this.#goOn(message.url)
        break
      case 'last uses':
        for (const other of this.#places) {
          if (other.role === 'writer' && other.worker) this.#tell(other.worker, message)
        }
        break
      case 'appended':
      case 'spent':
        this.#tellAll(message, worker)
        break
    }
  }

  /** One is ready: the others can start, or all are ready. */
  #goOn(url: string): void {
    if (this.#isListening) return
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
      this.#endWhenAlone()
      return
    }
    const how = { role: place.role, status, signal }
    const isFirstStart = !this.#isListening && signal === null
    if (status === databaseAway && !isFirstStart) {
      place.failures = 0
      this.#logger.warn(how, 'a worker waits for the database')
      this.#startLater(place, Math.min(firstPauseMs * 2 ** place.waits++, awayPauseMs))
      return
    }
    place.waits = 0
    const lifeMs = performance.now() - place.startedMs
    place.failures = lifeMs < shortLifeMs ? place.failures + 1 : 0
    if (status === diskFailed || isFirstStart || place.failures >= failuresMax) {
      const often = place.failures >= failuresMax ? `, ${failuresMax} times in a row` : ''
      const told = status === null ? `by ${signal}` : `with status ${status}`
      process.stderr.write(`doorstep: a worker has ended ${told}${often}; all others end too\n`)
      this.#status = status || 1
      this.stop('a worker has ended')
      return
    }
    this.#logger.error(how, 'a worker has ended; it is started again')
    this.#startLater(place, firstPauseMs * 2 ** Math.max(0, place.failures - 1))
  }

  #startLater(place: Place, pauseMs: number): void {
    setTimeout(() => {
      if (!this.#isStopping) this.#start(place)
    }, pauseMs)
  }

  /** The writer is told when no reader is left; without any worker all is over. */
  #endWhenAlone(): void {
    const left = this.#places.filter(({ worker }) => worker)
    if (left.every(({ role }) => role === 'writer')) this.#tellAll({ kind: 'alone' })
    if (left.length === 0) this.#ended.resolve(this.#status)
  }

  #tellAll(message: WorkerMessage, besides?: Worker): void {
    for (const { worker } of this.#places) {
      if (worker && worker !== besides) this.#tell(worker, message)
    }
  }

  #tell(worker: Worker, message: WorkerMessage): void {
    // NOTE: one that is ending hears no more; its exit is what counts.
    if (worker.isConnected()) worker.send(message, () => {})
  }
}
