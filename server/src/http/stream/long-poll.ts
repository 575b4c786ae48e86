import {
  streamWaitersMax,
  streamWaitersPerAccountMax,
  streamWaitersPerSenderMax,
} from '@doorstep/contract/limits'

import type { AccountKey } from '../../domain/accounts.ts'
import type { StreamState } from '../../domain/positions.ts'
import type { Store } from '../../domain/store.ts'
import type { EventsPage } from '../../domain/visit-events.ts'
import { InSlices } from './in-slices.ts'

/** Finds events without an announcement: writes of other processes on SQLite, or a lost one. */
const pollMs = 1_000

/** The readers of one account. */
interface Waiting {
  readonly waits: Set<StreamWait>
  /** How many each token or session has. */
  readonly ofSender: Map<string, number>
  /** Pages read since the last announcement, while readers are being woken. */
  readonly pages: Map<string, Promise<EventsPage>>
}

/**
 * The readers of this process that wait for events (PROTOCOL 5.8.2). They are woken when the store
 * announces events, and by one poll a second for each account, however many readers wait.
 */
export class StreamWaits {
  readonly #events: Store['events']
  readonly #waiting = new Map<AccountKey, Waiting>()
  readonly #polling = new Set<AccountKey>()
  readonly #waking = new InSlices<StreamWait>(
    (wait) => wait.wake(),
    () => this.#forgetPages(),
  )
  #count = 0
  #isClosed = false
  #unsubscribe: (() => void) | undefined
  #timer: NodeJS.Timeout | undefined

  constructor(events: Store['events']) {
    this.#events = events
  }

  /** How many readers wait. */
  get count(): number {
    return this.#count
  }

  /**
   * Registers a reader. Call it before the first read, so that no event is missed in between.
   * undefined: too many readers wait already, or the server is stopping.
   */
  begin(account: AccountKey, sender: string, waitMs: number): StreamWait | undefined {
    if (this.#isClosed || this.#count >= streamWaitersMax) return undefined
    const { waits, ofSender } = this.#waiting.get(account) ?? this.#newWaiting(account)
    const ofThis = ofSender.get(sender) ?? 0
    if (waits.size >= streamWaitersPerAccountMax || ofThis >= streamWaitersPerSenderMax) {
      return undefined
    }
    this.#unsubscribe ??= this.#events.onAppended((changed) => this.#onAppended(changed))
    this.#timer ??= setInterval(() => this.#pollAll(), pollMs)
    const wait = new StreamWait(waitMs, () => {
      this.#count--
      waits.delete(wait)
      const left = (ofSender.get(sender) ?? 0) - 1
      if (left > 0) ofSender.set(sender, left)
      else ofSender.delete(sender)
      if (waits.size === 0) this.#waiting.delete(account)
      if (this.#count === 0) this.#stopPolling()
    })
    waits.add(wait)
    ofSender.set(sender, ofThis + 1)
    this.#count++
    return wait
  }

  /**
   * Reads a page once for all readers that one announcement wakes. The page reflects everything
   * that was announced before the call. `name`: the same for the same page.
   */
  readPage(
    account: AccountKey,
    name: string,
    read: () => Promise<EventsPage>,
  ): Promise<EventsPage> {
    const pages = this.#waiting.get(account)?.pages
    const known = pages?.get(name)
    if (known) return known
    const page = read()
    if (this.#waking.isRunning) pages?.set(name, page)
    return page
  }

  /** Ends all waits, and allows no new ones. */
  close(): void {
    this.#isClosed = true
    for (const { waits } of this.#waiting.values()) for (const wait of waits) wait.end()
    this.#stopPolling()
    this.#unsubscribe?.()
  }

  #newWaiting(account: AccountKey): Waiting {
    const waiting = { waits: new Set<StreamWait>(), ofSender: new Map(), pages: new Map() }
    this.#waiting.set(account, waiting)
    return waiting
  }

  #forgetPages(): void {
    for (const { pages } of this.#waiting.values()) pages.clear()
  }

  #stopPolling(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  #onAppended(account: AccountKey | undefined): void {
    if (account === undefined) return this.#pollAll()
    const waiting = this.#waiting.get(account)
    if (waiting) this.#wake(waiting, waiting.waits)
  }

  #wake({ pages }: Waiting, waits: Iterable<StreamWait>): void {
    // NOTE: a page from before this announcement may lack what it announces.
    pages.clear()
    this.#waking.add(waits)
  }

  #pollAll(): void {
    for (const [account, waiting] of this.#waiting) void this.#poll(account, waiting)
  }

  async #poll(account: AccountKey, waiting: Waiting): Promise<void> {
    if (this.#polling.has(account)) return
    this.#polling.add(account)
    try {
      const { stream } = await this.#events.read(account, { offset: 0, limit: 0, isNewest: true })
      const missing = [...waiting.waits].filter((wait) => wait.hasMissed(stream))
      if (missing.length > 0) this.#wake(waiting, missing)
    } catch {
      // The reader's own read reports the failure when its wait is over.
    } finally {
      this.#polling.delete(account)
    }
  }
}

/** One reader, which waits until its time is over or `end` is called. */
export class StreamWait implements Disposable {
  readonly #onDisposed: () => void
  readonly #timer: NodeJS.Timeout
  #isWoken = false
  #isOver = false
  #seen: Pick<StreamState, 'head'> & Partial<Pick<StreamState, 'sight'>> = { head: 0 }
  #isWaiting = false
  #resolve = () => {}

  constructor(waitMs: number, onDisposed: () => void) {
    this.#onDisposed = onDisposed
    this.#timer = setTimeout(() => this.end(), waitMs)
  }

  /**
   * Resolves to true when there may be events after the offset, or, where that is given, changes of
   * who sees what after `sight`; to false when the wait is over.
   */
  async forMoreThan(offset: number, sight?: number): Promise<boolean> {
    this.#seen = { head: offset, ...(sight !== undefined && { sight }) }
    this.#isWaiting = true
    if (!this.#isWoken && !this.#isOver) {
      await new Promise<void>((resolve) => {
        this.#resolve = resolve
      })
    }
    this.#isWoken = false
    return !this.#isOver
  }

  hasMissed({ head, sight }: StreamState): boolean {
    if (!this.#isWaiting) return false
    const { head: seenHead, sight: seenSight = sight } = this.#seen
    return head !== seenHead || sight !== seenSight
  }

  wake(): void {
    this.#isWoken = true
    this.#resolve()
  }

  end(): void {
    this.#isOver = true
    this.#resolve()
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer)
    this.#onDisposed()
  }
}
