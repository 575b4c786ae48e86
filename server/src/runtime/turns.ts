import { DomainError } from '../domain/errors.ts'

/** Runs at most `runningMax` works at once, and lets at most `waitingMax` others wait; `tooMany` says so. */
export class Turns {
  readonly #runningMax: number
  readonly #waitingMax: number
  readonly #tooMany: string
  readonly #waiting: (() => void)[] = []
  #running = 0

  constructor(runningMax: number, waitingMax: number, tooMany: string) {
    this.#runningMax = runningMax
    this.#waitingMax = waitingMax
    this.#tooMany = tooMany
  }

  /** Throws `busy` when too many wait. */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#running < this.#runningMax) this.#running++
    else await this.#turn()
    try {
      return await work()
    } finally {
      const next = this.#waiting.shift()
      // The next one takes over this turn.
      if (next) next()
      else this.#running--
    }
  }

  async #turn(): Promise<void> {
    if (this.#waiting.length >= this.#waitingMax) throw new DomainError('busy', this.#tooMany)
    await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }
}
