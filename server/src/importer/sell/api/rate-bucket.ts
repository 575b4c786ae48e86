import { setTimeout as pause } from 'node:timers/promises'

/** A token comes back a second and this margin after it was taken, for jitter of the network. */
const marginMinMs = 15
const marginMaxMs = 75
/** How much the margin grows when the service still answers 429. */
const marginStepMs = 10
/** How much later the first requests may arrive: they open connections. */
const openingMs = 60
/** Requests that may follow immediately on one that had to wait. */
const burst = 2

/**
 * As many tokens as requests are allowed per second. Each comes back a second after it was taken,
 * so no interval of one second sees more requests than allowed. Tokens are given out evenly.
 */
export class RateBucket {
  readonly perSecond: number
  /** When the newest requests were sent, oldest first; as many as there are tokens. */
  readonly #sentAt: number[] = []
  /** When the next request is due, evenly spaced. */
  #spacedAt = 0
  #marginMs = marginMinMs
  #taken = 0
  #closedUntil = 0
  #turn: Promise<void> = Promise.resolve()

  constructor(perSecond: number) {
    this.perSecond = Math.max(1, Math.floor(perSecond))
  }

  /** Resolves when a request may be sent, in the order of the calls. */
  take(signal?: AbortSignal): Promise<void> {
    const turn = this.#turn.then(() => this.#wait(signal))
    this.#turn = turn.catch(() => {})
    return turn
  }

  /** The service answered 429: no request is sent for so long, and later ones a bit slower. */
  slowDown(ms: number): void {
    const now = performance.now()
    // NOTE: several requests refused together are one reason.
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
