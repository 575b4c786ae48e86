import { setTimeout as pause } from 'node:timers/promises'

/** A token comes back this much later than a second after it was taken, for what the network adds. */
const marginMinMs = 15
const marginMaxMs = 75
/** So much it grows when the service finds us too fast all the same. */
const marginStepMs = 10
/** So much later the first requests may arrive than later ones: they open connections. */
const openingMs = 60
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
  #marginMs = marginMinMs
  #taken = 0
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

  /** The service found us too fast: nobody sends anything for so long, and then a bit slower. */
  slowDown(ms: number): void {
    const now = performance.now()
    // NOTE: those that were on their way together are one reason, not many.
    if (now > this.#closedUntil)
      this.#marginMs = Math.min(this.#marginMs + marginStepMs, marginMaxMs)
    this.#closedUntil = Math.max(this.#closedUntil, now + ms)
  }

  async #wait(signal?: AbortSignal): Promise<void> {
    for (;;) {
      signal?.throwIfAborted()
      const now = performance.now()
      const oldest = this.#sentAt.length < this.perSecond ? undefined : this.#sentAt[0]
      const freeAt = oldest === undefined ? 0 : oldest + 1000 + this.#marginMs
      const waitMs = Math.max(freeAt, this.#spacedAt, this.#closedUntil) - now
      if (waitMs <= 0) break
      await pause(Math.ceil(waitMs), undefined, { signal })
    }
    const now = performance.now()
    const spacingMs = (1000 + this.#marginMs) / this.perSecond
    this.#spacedAt = Math.max(this.#spacedAt, now - burst * spacingMs) + spacingMs
    const isFirst = this.#taken++ < this.perSecond
    this.#sentAt.push(isFirst ? now + openingMs : now)
    if (this.#sentAt.length > this.perSecond) this.#sentAt.shift()
  }
}
