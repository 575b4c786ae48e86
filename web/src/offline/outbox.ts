import { createQueue, type Flushed, type QueuedVisit } from '@doorstep/client/queue'
import type { Visits } from '@doorstep/client/visits'
import type { VisitDraft, VisitItem } from '@doorstep/contract/visits'

import type { CustomerKey } from '../api/customers.ts'
import { type Database, type NamedCustomer, type OutboxRow, recordKey } from './database.ts'
import { type Heard, outboxChannel, outboxLock } from './outbox-channel.ts'
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
  readonly client: { readonly visits: Pick<Visits, 'create' | 'remove'> }
  /** Called in the tab that sent visits, or took one back, with their customers, each once. */
  readonly onSent: (customers: readonly CustomerKey[]) => void
  readonly onError: (error: NonNullable<Flushed['error']>) => void
}

function customersOf(visits: readonly VisitItem[]): readonly CustomerKey[] {
  const customers = visits.map(({ data }) => ({ type: data.resource_type, id: data.resource_id }))
  return [...new Map(customers.map((each) => [recordKey(each.type, each.id), each])).values()]
}

const retryMs = 60_000
const shownEveryMs = 250
export const lastSentKey = 'sent'

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
  #reading: ReturnType<typeof setTimeout> | undefined
  /** The visits that this tab has sent, by their keys. */
  readonly #sent = new Map<string, VisitItem>()

  constructor(options: OutboxOptions) {
    this.#options = options
    this.#channel = outboxChannel(options.database.name)
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
    clearTimeout(this.#reading)
    this.#channel.close()
  }

  /** The visit is safe on this phone when this resolves, and is being sent. */
  async add(draft: VisitDraft, customer: NamedCustomer): Promise<QueuedVisit> {
    await this.#name(draft, customer)
    const added = await this.#queue().add(draft)
    await this.#changed('added')
    this.#isAddedMeanwhile = true
    void this.flush()
    void keepForLong()
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

  /**
   * Takes back a visit that was just logged, also if it was sent meanwhile: then it is deleted on the
   * server. False: another tab has sent it.
   */
  async undo(key: string): Promise<boolean> {
    // Waits for the attempt that is being made, which may send it.
    const isUndone = await navigator.locks.request(outboxLock, async () => {
      if (await this.discard(key)) return true
      const visit = this.#sent.get(key)
      if (!visit) return false
      await this.#options.client.visits.remove(visit.data.id)
      this.#options.onSent(customersOf([visit]))
      return true
    })
    void this.flush()
    return isUndone
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
    await navigator.locks.request(outboxLock, { ifAvailable: true }, async (lock) => {
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
      const { sent, error } = await this.#queue(() => this.#readSoon()).flush()
      await this.#read()
      this.#set({ error })
      if (!error) await this.#options.database.put('facts', Date.now(), lastSentKey)
      if (sent.length > 0) this.#options.onSent(customersOf(sent))
      if (error) this.#options.onError(error)
    } finally {
      this.#set({ isSending: false })
      this.#tell('done')
    }
  }

  /** A storage of its own for each use: see outboxStorage. */
  #queue(onChange?: () => void) {
    const { client, database } = this.#options
    const create: Visits['create'] = async (draft, options) => {
      const item = await client.visits.create(draft, options)
      if (options?.idempotencyKey !== undefined) this.#sent.set(options.idempotencyKey, item)
      return item
    }
    const storage = outboxStorage(database)
    return createQueue({ client: { visits: { create } }, storage, onChange })
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

  /** While many are sent, not after each. */
  #readSoon(): void {
    this.#reading ??= setTimeout(() => {
      this.#reading = undefined
      void this.#read()
    }, shownEveryMs)
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

/** Asks the browser not to clear what waits, and to say when there is a network though no page is open. */
async function keepForLong(): Promise<void> {
  await navigator.storage?.persist?.()
  const registration = await navigator.serviceWorker?.getRegistration()
  const sync: unknown = registration && Reflect.get(registration, 'sync')
  if (!isSync(sync)) return
  // A browser may refuse it, and the next start sends what waits.
  await sync.register('outbox').catch(() => {})
}

const isSync = (value: unknown): value is { register(tag: string): Promise<void> } =>
  typeof value === 'object' && value !== null && 'register' in value
