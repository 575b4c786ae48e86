/** A reader that has not asked for longer is forgotten. */
const rememberedMs = 5 * 60_000
const readersMax = 10_000

interface Lag {
  readonly events: number
  readonly atMs: number
}

/** How far readers of the stream were behind when they last asked this process. */
export class ReaderLags {
  readonly #lags = new Map<string, Lag>()

  note(reader: string, events: number): void {
    // NOTE: the one that has asked last is the last in the map.
    this.#lags.delete(reader)
    this.#lags.set(reader, { events, atMs: performance.now() })
    const [first] = this.#lags.keys()
    if (this.#lags.size > readersMax && first !== undefined) this.#lags.delete(first)
  }

  /** Of the reader that is furthest behind; 0: there is none. */
  greatest(): number {
    const since = performance.now() - rememberedMs
    let greatest = 0
    for (const [reader, { events, atMs }] of this.#lags) {
      if (atMs < since) this.#lags.delete(reader)
      else greatest = Math.max(greatest, events)
    }
    return greatest
  }
}
