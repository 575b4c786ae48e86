/** Runs the job when started, then at intervals and whenever it is woken; a failure does not end it. */
export class Background implements AsyncDisposable {
  readonly #job: (signal: AbortSignal) => Promise<void>
  readonly #everyMs: number
  readonly #onError: (error: unknown) => void
  readonly #stopping = new AbortController()
  #alarm = Promise.withResolvers<void>()
  #running: Promise<void> | undefined

  constructor(
    job: (signal: AbortSignal) => Promise<void>,
    everyMs: number,
    onError: (error: unknown) => void,
  ) {
    this.#job = job
    this.#everyMs = everyMs
    this.#onError = onError
  }

  start(): void {
    this.#running ??= this.#run()
  }

  /** Runs the job soon, and again if it is running, since it may have read its input already. */
  wake(): void {
    this.#alarm.resolve()
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping
    while (!signal.aborted) {
      this.#alarm = Promise.withResolvers()
      await this.#job(signal).catch(this.#onError)
      const timer = setTimeout(() => this.wake(), this.#everyMs)
      if (!signal.aborted) await this.#alarm.promise
      clearTimeout(timer)
    }
  }

  /** Aborts the job, and waits until it has ended. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping.abort()
    this.wake()
    await this.#running
  }
}
