import { once } from 'node:events'
import { setFlagsFromString } from 'node:v8'
import { Worker } from 'node:worker_threads'

import type { Config } from '../../config.ts'
import type { AccountKey } from '../../domain/accounts.ts'
import { DomainError, type DomainErrorCode } from '../../domain/errors.ts'
import { programFiles } from '../../program-files.ts'
import type { CheckIn, CheckInResult, LogCheckIn } from '../../rules/check-ins.ts'
import { diskFailed } from '../open-store.ts'
import { version } from '../secrets.ts'

/** How many check-ins have to be under way at once for the thread to be worth its memory. */
const busyMin = 8

export interface AskedCheckIn {
  readonly number: number
  readonly checkIn: CheckIn
}

/** The outcome of a check-in, by its number. */
export type AnsweredCheckIn = { readonly number: number } & (
  | { readonly result: CheckInResult }
  | { readonly refused: { readonly code: DomainErrorCode; readonly message: string } }
  | { readonly failed: string }
)

export type ToCheckInThread = { readonly asked: readonly AskedCheckIn[] } | 'end'
export type FromCheckInThread = { readonly answered: readonly AnsweredCheckIn[] } | 'ready'

interface Waiting {
  readonly account: AccountKey
  readonly resolve: (result: CheckInResult) => void
  readonly reject: (error: Error) => void
}

/**
 * Logs the check-ins of a busy server in a thread with a connection of its own: the main thread reads
 * and answers requests while rows are written and synced. Until there are many at once, check-ins are
 * logged on the main thread.
 */
export class CheckInThread implements AsyncDisposable {
  readonly #config: Config
  readonly #logHere: LogCheckIn
  readonly #announce: (account: AccountKey) => void
  readonly #onFailure: (error: unknown) => void
  readonly #waiting = new Map<number, Waiting>()
  #asked: AskedCheckIn[] = []
  #worker: Worker | undefined
  #isReady = false
  #isEnding = false
  /** It could not start: this process logs everything on its main thread. */
  #hasFailed = false
  #underWay = 0
  #number = 0

  /**
   * `announce` is called for accounts that have new events, `onFailure` when the thread cannot start;
   * check-ins are logged on the main thread then.
   */
  constructor(
    config: Config,
    logHere: LogCheckIn,
    announce: (account: AccountKey) => void,
    onFailure: (error: unknown) => void,
  ) {
    this.#config = config
    this.#logHere = logHere
    this.#announce = announce
    this.#onFailure = onFailure
  }

  async log(checkIn: CheckIn): Promise<CheckInResult> {
    if (this.#isReady) return this.#ask(checkIn)
    this.#underWay++
    if (this.#underWay >= busyMin && !this.#hasFailed) this.#worker ??= this.#start()
    try {
      return await this.#logHere(checkIn)
    } finally {
      this.#underWay--
    }
  }

  /** Check-ins of one turn of the event loop share one message. */
  #ask(checkIn: CheckIn): Promise<CheckInResult> {
    if (this.#asked.length === 0) {
      setImmediate(() => {
        this.#send({ asked: this.#asked })
        this.#asked = []
      })
    }
    const number = ++this.#number
    this.#asked.push({ number, checkIn })
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, { account: checkIn.actor.accountKey, resolve, reject })
    })
  }

  #send(message: ToCheckInThread): void {
    this.#worker?.postMessage(message)
  }

  #start(): Worker {
    // NOTE: with the one megabyte of V8's default, garbage collection took a tenth of its time.
    setFlagsFromString('--min-semi-space-size=8')
    const worker = new Worker(programFiles.checkInThread, {
      workerData: { config: this.#config, version },
    })
    worker.on('message', (message: FromCheckInThread) => {
      if (message === 'ready') this.#isReady = true
      else for (const answered of message.answered) this.#answer(answered)
    })
    worker.on('error', (error) => {
      if (this.#isReady) throw error
      this.#onFailure(error)
    })
    worker.on('exit', (status) => {
      if (this.#isEnding) return
      // NOTE: open check-ins may be on disk or not, as when the process is killed.
      if (this.#isReady || status === diskFailed) process.exit(status === 0 ? 1 : status)
      this.#hasFailed = true
      this.#worker = undefined
    })
    worker.unref()
    return worker
  }

  #answer(answered: AnsweredCheckIn): void {
    const waiting = this.#waiting.get(answered.number)
    this.#waiting.delete(answered.number)
    if (!waiting) return
    if ('result' in answered) {
      waiting.resolve(answered.result)
      if (answered.result.problems.length === 0) this.#announce(waiting.account)
    } else if ('refused' in answered) {
      const { code, message } = answered.refused
      waiting.reject(new DomainError(code, message))
    } else {
      waiting.reject(new Error(answered.failed))
    }
  }

  /** Call it when all check-ins are answered. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#worker) return
    this.#isEnding = true
    // NOTE: otherwise the process could exit before the thread has closed its store.
    this.#worker.ref()
    const exit = once(this.#worker, 'exit')
    this.#send('end')
    await exit
  }
}
