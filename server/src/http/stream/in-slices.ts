/** Between two slices, the process answers other requests. */
const sliceMax = 20

/** Does something for each item that is added, a few at a time. */
export class InSlices<Item> {
  readonly #waiting = new Set<Item>()
  readonly #work: (item: Item) => void
  readonly #onDone: () => void
  #isRunning = false

  /** `onDone` is called when nothing is left to do. */
  constructor(work: (item: Item) => void, onDone: () => void) {
    this.#work = work
    this.#onDone = onDone
  }

  get isRunning(): boolean {
    return this.#isRunning
  }

  add(items: Iterable<Item>): void {
    for (const item of items) this.#waiting.add(item)
    if (!this.#isRunning) setImmediate(() => this.#next())
    this.#isRunning = true
  }

  #next(): void {
    if (this.#waiting.size === 0) {
      this.#isRunning = false
      this.#onDone()
      return
    }
    for (const item of this.#waiting.values().take(sliceMax)) {
      this.#waiting.delete(item)
      this.#work(item)
    }
    setImmediate(() => this.#next())
  }
}
