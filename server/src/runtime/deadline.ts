/** Once begun, calls `onOver` after this time, unless it is disposed of before. */
export class Deadline implements Disposable {
  readonly #maxMs: number
  readonly #onOver: () => void
  #timer: NodeJS.Timeout | undefined

  constructor(maxMs: number, onOver: () => void) {
    this.#maxMs = maxMs
    this.#onOver = onOver
  }

  begin(): void {
    this.#timer = setTimeout(this.#onOver, this.#maxMs)
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer)
  }
}
