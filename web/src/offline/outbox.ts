import {
  createQueue,
  type Flushed,
  type QueuedVisit,
  type QueueOptions,
} from '@doorstep/client/queue'
import type { VisitDraft, VisitItem } from '@doorstep/contract/visits'

import { type Database, type NamedCustomer, type OutboxRow, recordKey } from './database.ts'
import { outboxStorage } from './outbox-storage.ts'

export interface OutboxState {
  /** Oldest first, also those that the server refused. */
  readonly rows: readonly OutboxRow[]
  /** Whether a tab is sending. */
  readonly isSending: boolean
  /** Why visits still wait after the last attempt to send them. */
  readonly error: Flushed['error']
}

interface OutboxOptions {
  readonly database: Database
  readonly client: QueueOptions['client']
  /** Called in the tab that sent them. */
  readonly onSent: (visits: readonly VisitItem[]) => void
  readonly onError: (error: NonNullable<Flushed['error']>) => void
}

type Heard = 'added' | 'changed' | 'sending' | 'done'

const lockName = 'doorstep-outbox'
const retryMs = 60_000

/**
 * The visits that this browser has not sent yet. All tabs share them, and one of them sends at a time;
 * adding waits for none.
 */
export class Outbox {
  readonly #options: OutboxOptions
  readonly #channel: BroadcastChannel
  readonly #listeners = new Set<() => void>()
  readonly #ending = new AbortController()
  #state: OutboxState = { rows: [], isSending: false, error: undefined }
  #isAddedMeanwhile = false

  constructor(options: OutboxOptions) {
    this.#options = options
    this.#channel = new BroadcastChannel(`${lockName} ${options.database.name}`)
    this.#channel.addEventListener('message', ({ data }: MessageEvent<Heard>) => this.#hear(data))
    const { signal } = this.#ending
    const send = (): void => void this.flush()
    addEventListener('online', send, { signal })
    document.addEventListener('visibilitychange', () => document.hidden || send(), { signal })
    const timer = setInterval(() => {
      if (this.#state.rows.some(({ refusal }) => !refusal)) send()
    }, retryMs)
    signal.addEventListener('abort', () => clearInterval(timer))
    void this.#read().then(send)
  }

  get state(): OutboxState {
    return this.#state
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Ends it in this tab. What waits stays. */
  close(): void {
    this.#ending.abort()
    this.#channel.close()
  }

  /** The visit is safe on this phone when this resolves, and is being sent. */
  async add(draft: VisitDraft, customer: NamedCustomer): Promise<QueuedVisit> {
    await this.#name(draft, customer)
    const added = await this.#queue().add(draft)
    await this.#changed('added')
    this.#isAddedMeanwhile = true
    void this.flush()
    return added
  }

  /** Replaces a visit by another draft, which is sent in its place. False: it is not there. */
  async revise(key: string, draft: VisitDraft, customer: NamedCustomer): Promise<boolean> {
    await this.#name(draft, customer)
    const isKnown = await this.#queue().revise(key, draft)
    await this.#changed('added')
    void this.flush()
    return isKnown
  }

  /** Gives a visit up that has not been sent. False: it is not there, or being sent. */
  async discard(key: string): Promise<boolean> {
    const isKnown = await this.#queue().discard(key)
    await this.#changed('changed')
    return isKnown
  }

  /** Puts a discarded visit back with its key, so that it is sent once even if it had been sent. */
  async restore(row: OutboxRow): Promise<void> {
    await this.#options.database.put('outbox', row)
    await this.#changed('added')
    void this.flush()
  }

  /** Sends what waits, in order, unless another tab is doing so. */
  async flush(): Promise<void> {
    if (this.#ending.signal.aborted) return
    await navigator.locks.request(lockName, { ifAvailable: true }, async (lock) => {
      if (!lock) return
      do {
        this.#isAddedMeanwhile = false
        await this.#send()
      } while (this.#isAddedMeanwhile)
    })
  }

  async #send(): Promise<void> {
    const isWaiting = ({ refusal }: QueuedVisit): boolean => !refusal
    if (!(await this.#options.database.getAll('outbox')).some(isWaiting)) return
    this.#set({ isSending: true })
    this.#tell('sending')
    try {
      const { sent, error } = await this.#queue(() => void this.#read()).flush()
      await this.#read()
      this.#set({ error })
      if (sent.length > 0) this.#options.onSent(sent)
      if (error) this.#options.onError(error)
    } finally {
      this.#set({ isSending: false })
      this.#tell('done')
    }
  }

  /** A storage of its own for each use: see outboxStorage. */
  #queue(onChange?: () => void) {
    const { client, database } = this.#options
    return createQueue({ client, storage: outboxStorage(database), onChange })
  }

  #name({ resource_type, resource_id }: VisitDraft, customer: NamedCustomer): Promise<unknown> {
    return this.#options.database.put('names', customer, recordKey(resource_type, resource_id))
  }

  async #changed(what: 'added' | 'changed'): Promise<void> {
    this.#tell(what)
    await this.#read()
  }

  #tell(what: Heard): void {
    if (!this.#ending.signal.aborted) this.#channel.postMessage(what)
  }

  #hear(what: Heard): void {
    if (what === 'sending' || what === 'done') this.#set({ isSending: what === 'sending' })
    if (what === 'added') {
      this.#isAddedMeanwhile = true
      void this.flush()
    }
    void this.#read()
  }

  async #read(): Promise<void> {
    if (this.#ending.signal.aborted) return
    const { database } = this.#options
    const rows = await database.getAllFromIndex('outbox', 'order')
    this.#set({ rows })
    const waiting = rows.length
    if ('setAppBadge' in navigator) {
      await (waiting > 0 ? navigator.setAppBadge(waiting) : navigator.clearAppBadge()).catch(
        () => {},
      )
    }
  }

  #set(change: Partial<OutboxState>): void {
    this.#state = { ...this.#state, ...change }
    for (const listener of this.#listeners) listener()
  }
}
