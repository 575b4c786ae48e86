import { streamWaitersMax } from '@doorstep/contract/limits'

import type { AccountKey } from '../../domain/accounts.ts'
import type { Store } from '../../domain/store.ts'

/** For what nobody announced: writes of other processes on SQLite, or announcements that were lost. */
const pollMs = 1_000

/**
 * The readers of this process that wait for events (PROTOCOL 5.8). They are told when the store
 * hears of events, and by one look a second for each account, however many wait.
 */
export class StreamWaits {
  readonly #events: Store['events']
  readonly #waiting = new Map<AccountKey, Set<StreamWait>>()
  readonly #looking = new Set<AccountKey>()
  #count = 0
  #isClosed = false
  #stopHearing: (() => void) | undefined
  #timer: NodeJS.Timeout | undefined

  constructor(events: Store['events']) {
    this.#events = events
  }

  /**
   * Begins to listen for a reader: to be called before it reads, so that nothing falls between.
   * undefined: too many wait already, or the server stops.
   */
  begin(account: AccountKey, waitMs: number): StreamWait | undefined {
    if (this.#isClosed || this.#count >= streamWaitersMax) return undefined
    this.#stopHearing ??= this.#events.onAppended((of) => this.#hear(of))
    this.#timer ??= setInterval(() => this.#lookAtAll(), pollMs)
    const ofAccount = this.#waiting.get(account) ?? new Set()
    this.#waiting.set(account, ofAccount)
    const wait = new StreamWait(waitMs, () => {
      this.#count--
      ofAccount.delete(wait)
      if (ofAccount.size === 0) this.#waiting.delete(account)
      if (this.#count === 0) this.#rest()
    })
    ofAccount.add(wait)
    this.#count++
    return wait
  }

  /** Ends all waits at once, and lets nobody wait any more. */
  close(): void {
    this.#isClosed = true
    for (const waits of this.#waiting.values()) for (const wait of waits) wait.end()
    this.#rest()
    this.#stopHearing?.()
  }

  #rest(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  #hear(account: AccountKey | undefined): void {
    if (account === undefined) return this.#lookAtAll()
    for (const wait of this.#waiting.get(account) ?? []) wait.tell()
  }

  #lookAtAll(): void {
    for (const [account, waits] of this.#waiting) void this.#look(account, waits)
  }

  async #look(account: AccountKey, waits: ReadonlySet<StreamWait>): Promise<void> {
    if (this.#looking.has(account)) return
    this.#looking.add(account)
    try {
      const { stream } = await this.#events.read(account, { offset: 0, limit: 0, isNewest: true })
      for (const wait of waits) if (wait.hasMissed(stream.head)) wait.tell()
    } catch {
      // Who waits is answered when the time is over, and learns then what is wrong.
    } finally {
      this.#looking.delete(account)
    }
  }
}

/** One reader, who waits until the time is over or `end` is called. */
export class StreamWait implements Disposable {
  readonly #onDisposed: () => void
  readonly #timer: NodeJS.Timeout
  #isTold = false
  #isOver = false
  #seen: number | undefined
  #wake = () => {}

  constructor(waitMs: number, onDisposed: () => void) {
    this.#onDisposed = onDisposed
    this.#timer = setTimeout(() => this.end(), waitMs)
  }

  /** Resolves when events after the offset may be there (true), or when nobody waits any more. */
  async forMoreThan(offset: number): Promise<boolean> {
    this.#seen = offset
    if (!this.#isTold && !this.#isOver) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
    this.#isTold = false
    return !this.#isOver
  }

  hasMissed(head: number): boolean {
    return this.#seen !== undefined && head !== this.#seen
  }

  tell(): void {
    this.#isTold = true
    this.#wake()
  }

  end(): void {
    this.#isOver = true
    this.#wake()
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer)
    this.#onDisposed()
  }
}
