import { DoorstepError, NetworkError } from '@doorstep/client/errors'
import { newIdempotencyKey } from '@doorstep/client/idempotency-keys'
import { createQueue, type QueuedVisit } from '@doorstep/client/queue'
import type { VisitDraft } from '@doorstep/contract/visits'

import { showOnIcon } from './app-badge.ts'
import { keepForLong, registerSync } from './background-sync.ts'
import { type NamedCustomer, type OutboxRow, recordKey } from './database.ts'
import { type Heard, lastSentKey, outboxChannel, outboxLock } from './outbox-channel.ts'
import type { OutboxOptions, OutboxState, TakenBack } from './outbox-state.ts'
import { outboxStorage } from './outbox-storage.ts'
import { customersOf } from './sent-customers.ts'
import {
  beginAttempt,
  type Removed,
  removeTakenBack,
  takeBack,
  takeNotRemoved,
} from './taken-back.ts'

const retryMs = 60_000
const shownEveryMs = 250
/** Longer than this nobody waits to hear that a visit is gone. */
const patienceMs = 8_000

const noteFailed = (error: unknown): void => console.warn('The outbox failed:', error)

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
  /** Keys of visits whose removal somebody waits for. */
  readonly #removing = new Set<string>()
  #reading: ReturnType<typeof setTimeout> | undefined

  constructor(options: OutboxOptions) {
    this.#options = options
    this.#channel = outboxChannel(options.database.name)
    this.#channel.addEventListener('message', ({ data }: MessageEvent<Heard>) => this.#hear(data))
    const { signal } = this.#ending
    const send = (): void => void this.flush().catch(noteFailed)
    addEventListener('online', send, { signal })
    document.addEventListener('visibilitychange', () => document.hidden || send(), { signal })
    const timer = setInterval(send, retryMs)
    signal.addEventListener('abort', () => clearInterval(timer))
    void this.#read().then(send, noteFailed)
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

  /**
   * The visit is safe on this phone when this resolves, its draft is gone, and it is being sent. Throws
   * only if it is not safe.
   */
  async add(draft: VisitDraft, customer: NamedCustomer): Promise<QueuedVisit> {
    await this.#name(draft, customer)
    const draftKey = recordKey(draft.resource_type, draft.resource_id)
    const added = await this.#queue({ draftKey }).add(draft)
    await this.#added()
    void keepForLong().catch(noteFailed)
    return added
  }

  /** Replaces a visit by another draft, which is sent in its place. False: it is not there. */
  async revise(key: string, draft: VisitDraft, customer: NamedCustomer): Promise<boolean> {
    await this.#name(draft, customer)
    const isKnown = await this.#queue().revise(key, draft)
    await this.#added()
    return isKnown
  }

  /**
   * Gives a visit up, also if it is being sent or the server has it: then it is removed there. `added` is
   * a visit that was just logged, and may have been sent by any tab.
   */
  async takeBack(key: string, added?: QueuedVisit): Promise<TakenBack> {
    const { database } = this.#options
    const state = await takeBack(database, key, added)
    await this.#changed('changed')
    if (state !== 'marked') return state
    if (!navigator.onLine) return 'later'
    this.#removing.add(key)
    try {
      const removing = this.flush({ waits: true }).catch(noteFailed)
      await Promise.race([removing, new Promise((resolve) => setTimeout(resolve, patienceMs))])
      const isRefused = (await takeNotRemoved(database, (row) => row.key === key)).length > 0
      if (isRefused) return 'refused'
      return (await database.get('outbox', key)) ? 'later' : 'done'
    } finally {
      this.#removing.delete(key)
    }
  }

  /** Puts a visit back that was taken back, under a new key: that of before may be removed meanwhile. */
  async restore(row: OutboxRow): Promise<void> {
    const again = { ...row, key: newIdempotencyKey(), isAttempted: false, isTakenBack: false }
    await this.#options.database.put('outbox', again)
    await this.#added()
  }

  /** Sends what waits, in order. `waits`: after another tab has done so; otherwise not then. */
  async flush({ waits = false } = {}): Promise<void> {
    const { signal } = this.#ending
    if (signal.aborted) return
    try {
      const options = waits ? { signal } : { ifAvailable: true }
      let isMine: boolean
      do {
        isMine = await navigator.locks.request(outboxLock, options, async (lock) => {
          if (!lock) return false
          this.#isAddedMeanwhile = false
          await this.#send()
          return true
        })
        // What was added before the lock was let go found it taken.
      } while (isMine && this.#isAddedMeanwhile && !signal.aborted)
    } catch (error) {
      // Ended in this tab: what waits stays.
      if (!signal.aborted) throw error
    }
  }

  async #send(): Promise<void> {
    const rows = await this.#options.database.getAll('outbox')
    if (rows.every(({ refusal, isTakenBack }) => refusal && isTakenBack !== true)) return
    this.#set({ isSending: true })
    this.#tell('sending')
    try {
      const { visits, error } = await this.#sendAsThem()
      await this.#read()
      this.#set({ error })
      if (!error) await this.#options.database.put('facts', Date.now(), lastSentKey)
      if (visits.length > 0) this.#options.onSent(customersOf(visits))
      if (error) this.#options.onError(error)
      if (error instanceof NetworkError) void registerSync()
    } finally {
      this.#set({ isSending: false })
      this.#tell('done')
    }
  }

  /** Sends nothing if somebody else is signed in. */
  async #sendAsThem(): Promise<Removed> {
    const { client, database, isTheirs } = this.#options
    const { signal } = this.#ending
    try {
      if (!(await isTheirs(signal))) return { visits: [], error: undefined }
    } catch (error) {
      if (error instanceof DoorstepError) return { visits: [], error }
      throw error
    }
    const removed = await removeTakenBack(client, database, signal)
    if (removed.error) return removed
    const onChange = () => this.#readSoon()
    const { sent, error } = await this.#queue({ onChange }).flush({ signal })
    return { visits: [...removed.visits, ...sent], error }
  }

  /** A storage of its own for each use: see outboxStorage. */
  #queue({ draftKey, onChange }: { draftKey?: string; onChange?: () => void } = {}) {
    const { client, database } = this.#options
    const onAttempt = ({ key }: QueuedVisit) => beginAttempt(database, key)
    return createQueue({ client, storage: outboxStorage(database, draftKey), onAttempt, onChange })
  }

  #name({ resource_type, resource_id }: VisitDraft, customer: NamedCustomer): Promise<unknown> {
    return this.#options.database.put('names', customer, recordKey(resource_type, resource_id))
  }

  /** Sends what was just stored; a flush that is running does not know of it, and so begins again. */
  async #added(): Promise<void> {
    this.#isAddedMeanwhile = true
    // Before other tabs hear of it, so that this one sends it.
    void this.flush().catch(noteFailed)
    await this.#changed('added').catch(noteFailed)
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
      void this.flush().catch(noteFailed)
    }
    void this.#read().catch(noteFailed)
  }

  /** While many are sent, not after each. */
  #readSoon(): void {
    this.#reading ??= setTimeout(() => {
      this.#reading = undefined
      void this.#read().catch(noteFailed)
    }, shownEveryMs)
  }

  async #read(): Promise<void> {
    if (this.#ending.signal.aborted) return
    const { database } = this.#options
    const stored = await database.getAllFromIndex('outbox', 'order')
    const rows = stored.filter(({ isTakenBack }) => isTakenBack !== true)
    this.#set({ rows })
    if (stored.some(({ isNotRemoved }) => isNotRemoved === true)) await this.#sayNotRemoved()
    await showOnIcon(rows.length).catch(() => {})
  }

  /** Once, where somebody sees it. */
  async #sayNotRemoved(): Promise<void> {
    if (document.hidden) return
    const { database, onNotRemoved } = this.#options
    const rows = await takeNotRemoved(database, ({ key }) => !this.#removing.has(key))
    const keys = rows.map(({ draft }) => recordKey(draft.resource_type, draft.resource_id))
    const names = await Promise.all(keys.map((key) => database.get('names', key)))
    const known = names.filter((name) => name !== undefined)
    if (known.length > 0) onNotRemoved(known)
  }

  #set(change: Partial<OutboxState>): void {
    this.#state = { ...this.#state, ...change }
    for (const listener of this.#listeners) listener()
  }
}
