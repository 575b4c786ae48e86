import { EventEmitter, once } from 'node:events'

import type { Store } from '../domain/store.ts'
import type { RateLimit } from '../http/access/rate-limit.ts'
import { isWorkerMessage, type WorkerMessage, type WorkerPart } from './worker-messages.ts'

/** How long other processes may not know of requests that were counted here. */
const settleMs = 250

type Listener<Kind extends WorkerMessage['kind']> = (
  message: Extract<WorkerMessage, { kind: Kind }>,
) => void

/** This process as one of several on one port, and its line to the primary. */
export class Worker implements Disposable {
  readonly part: WorkerPart
  readonly #heard: EventEmitter
  /** When the primary says that this process is to stop. */
  readonly stopped: Promise<string>
  /** When no reader is left that could forward a request. */
  readonly alone: Promise<unknown>
  readonly #timers: NodeJS.Timeout[] = []
  /** It has answered on the port. */
  isReady = false

  private constructor(heard: EventEmitter, part: WorkerPart) {
    this.#heard = heard
    this.part = part
    this.stopped = once(heard, 'stop').then(() => 'told to')
    this.alone = once(heard, 'alone')
  }

  /** Asks the primary what this process is for. */
  static async open(): Promise<Worker> {
    // NOTE: the primary says when to stop; a terminal or a supervisor may signal every process.
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => {})
    const heard = new EventEmitter()
    heard.setMaxListeners(0)
    process.on('message', (message: unknown) => {
      if (isWorkerMessage(message)) heard.emit(message.kind, message)
    })
    const told = once(heard, 'part')
    send({ kind: 'hello' })
    const [message]: unknown[] = await told
    if (!isWorkerMessage(message) || message.kind !== 'part') throw new Error('no part to play')
    return new Worker(heard, message.part)
  }

  get isReader(): boolean {
    return this.part.role === 'reader'
  }

  get isWriter(): boolean {
    return this.part.role === 'writer'
  }

  on<Kind extends WorkerMessage['kind']>(kind: Kind, listener: Listener<Kind>): void {
    this.#heard.on(kind, listener)
  }

  ready(url: string): void {
    this.isReady = true
    send({ kind: 'ready', url })
  }

  /** Counts requests together with the other processes, a moment later. */
  shareLimit(limit: RateLimit): void {
    this.on('spent', ({ spent }) => limit.takeFrom(spent, Date.now()))
    const settle = setInterval(() => {
      const spent = limit.takeCounted()
      if (spent.length > 0) send({ kind: 'spent', spent })
    }, settleMs)
    settle.unref()
    this.#timers.push(settle)
  }

  /** The writer's store does for the readers what only it can. */
  serveReaders(store: Store, onError: (error: unknown) => void): void {
    this.on('last uses', ({ account, uses }) => {
      store.saveLastUses(account, uses).catch(onError)
    })
    let appended = new Set<number>()
    store.events.onAppended((account) => {
      if (account === undefined) return
      if (appended.size === 0) {
        setImmediate(() => {
          send({ kind: 'appended', accounts: [...appended] })
          appended = new Set()
        })
      }
      appended.add(account)
    })
  }

  /** The store of a reader: it writes nothing, and hears from the writer what was written. */
  readingStore(store: Store): Store {
    const refuse = (): Promise<never> =>
      Promise.reject(new Error('a process that only reads was asked to write'))
    return {
      ...store,
      write: refuse,
      preview: refuse,
      claim: async () => false,
      saveLastUses: async (account, uses) => send({ kind: 'last uses', account, uses }),
      events: {
        ...store.events,
        onAppended: (listener) => {
          const hear: Listener<'appended'> = ({ accounts }) => accounts.forEach(listener)
          this.#heard.on('appended', hear)
          return () => void this.#heard.off('appended', hear)
        },
      },
    }
  }

  /** Lets the process end when it has nothing more to do. */
  [Symbol.dispose](): void {
    for (const timer of this.#timers) clearInterval(timer)
    process.channel?.unref()
  }
}

function send(message: WorkerMessage): void {
  // NOTE: when the primary is gone, Node ends this process.
  if (process.connected) process.send?.(message)
}
