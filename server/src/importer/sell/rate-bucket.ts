import { setTimeout as pause } from 'node:timers/promises'

/** A token comes back this much later than a second after it was taken, for what the network adds. */
const marginMs = 25
/** Requests that may follow at once on one that had to wait. */
const burst = 2

/**
 * As many tokens as requests are allowed per second; each comes back a second after it was taken, so
 * that no second, wherever it begins, sees more requests than are allowed. They are given out evenly.
 */
export class RateBucket {
  readonly perSecond: number
  /** When the newest requests were sent, the oldest first; as many as there are tokens. */
  readonly #sentAt: number[] = []
  /** Evenly spaced: of two that are late, neither makes a crowd of the other's second. */
  #spacedAt = 0
  #closedUntil = 0
  #turn: Promise<void> = Promise.resolve()

  constructor(perSecond: number) {
    this.perSecond = Math.max(1, Math.floor(perSecond))
  }

  /** Resolves when a request may be sent, in the order in which it was asked for. */
  take(signal?: AbortSignal): Promise<void> {
    const turn = this.#turn.then(() => this.#wait(signal))
    this.#turn = turn.catch(() => {})
    return turn
  }

  /** Nobody sends anything for so long. */
  closeFor(ms: number): void {
    this.#closedUntil = Math.max(this.#closedUntil, performance.now() + ms)
  }

  async #wait(signal?: AbortSignal): Promise<void> {
    for (;;) {
      signal?.throwIfAborted()
      const now = performance.now()
      const oldest = this.#sentAt.length < this.perSecond ? undefined : this.#sentAt[0]
      const freeAt = oldest === undefined ? 0 : oldest + 1000 + marginMs
      const waitMs = Math.max(freeAt, this.#spacedAt, this.#closedUntil) - now
      if (waitMs <= 0) break
      await pause(Math.ceil(waitMs), undefined, { signal })
    }
    const now = performance.now()
    const spacingMs = (1000 + marginMs) / this.perSecond
    this.#spacedAt = Math.max(this.#spacedAt, now - burst * spacingMs) + spacingMs
    this.#sentAt.push(now)
    if (this.#sentAt.length > this.perSecond) this.#sentAt.shift()
  }
}
