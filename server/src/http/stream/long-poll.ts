import { streamWaitersMax } from '@doorstep/contract/limits'

import type { AccountKey } from '../../domain/accounts.ts'
import type { Store } from '../../domain/store.ts'

/** Finds events without an announcement: writes of other processes on SQLite, or a lost one. */
const pollMs = 1_000

/**
 * The readers of this process that wait for events (PROTOCOL 5.8). They are woken when the store
 * announces events, and by one poll a second for each account, however many readers wait.
 */
export class StreamWaits {
  readonly #events: Store['events']
  readonly #waiting = new Map<AccountKey, Set<StreamWait>>()
  readonly #polling = new Set<AccountKey>()
  #count = 0
  #isClosed = false
  #unsubscribe: (() => void) | undefined
  #timer: NodeJS.Timeout | undefined

  constructor(events: Store['events']) {
    this.#events = events
  }

  /**
   * Registers a reader. Call it before the first read, so that no event is missed in between.
   * undefined: too many readers wait already, or the server is stopping.
   */
  begin(account: AccountKey, waitMs: number): StreamWait | undefined {
    if (this.#isClosed || this.#count >= streamWaitersMax) return undefined
    this.#unsubscribe ??= this.#events.onAppended((changed) => this.#onAppended(changed))
    this.#timer ??= setInterval(() => this.#pollAll(), pollMs)
    const ofAccount = this.#waiting.get(account) ?? new Set()
    this.#waiting.set(account, ofAccount)
    const wait = new StreamWait(waitMs, () => {
      this.#count--
      ofAccount.delete(wait)
      if (ofAccount.size === 0) this.#waiting.delete(account)
      if (this.#count === 0) this.#stopPolling()
    })
    ofAccount.add(wait)
    this.#count++
    return wait
  }

  /** Ends all waits, and allows no new ones. */
  close(): void {
    this.#isClosed = true
    for (const waits of this.#waiting.values()) for (const wait of waits) wait.end()
    this.#stopPolling()
    this.#unsubscribe?.()
  }

  #stopPolling(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  #onAppended(account: AccountKey | undefined): void {
    if (account === undefined) return this.#pollAll()
    for (const wait of this.#waiting.get(account) ?? []) wait.wake()
  }

  #pollAll(): void {
    for (const [account, waits] of this.#waiting) void this.#poll(account, waits)
  }

  async #poll(account: AccountKey, waits: ReadonlySet<StreamWait>): Promise<void> {
    if (this.#polling.has(account)) return
    this.#polling.add(account)
    try {
      const { stream } = await this.#events.read(account, { offset: 0, limit: 0, isNewest: true })
      for (const wait of waits) if (wait.hasMissed(stream.head)) wait.wake()
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
  #seen: number | undefined
  #resolve = () => {}

  constructor(waitMs: number, onDisposed: () => void) {
    this.#onDisposed = onDisposed
    this.#timer = setTimeout(() => this.end(), waitMs)
  }

  /** Resolves to true when there may be events after the offset, to false when the wait is over. */
  async forMoreThan(offset: number): Promise<boolean> {
    this.#seen = offset
    if (!this.#isWoken && !this.#isOver) {
      await new Promise<void>((resolve) => {
        this.#resolve = resolve
      })
    }
    this.#isWoken = false
    return !this.#isOver
  }

  hasMissed(head: number): boolean {
    return this.#seen !== undefined && head !== this.#seen
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
