/** Who wants to know, in this process, that work is asked for. */
export class WorkListeners {
  readonly #listeners = new Map<string, Set<() => void>>()

  add(name: string, listener: () => void): () => void {
    const ofName = this.#listeners.get(name) ?? new Set()
    this.#listeners.set(name, ofName.add(listener))
    return () => void ofName.delete(listener)
  }

  /** undefined: all, since it is not known which work it was. */
  call(name: string | undefined): void {
    for (const [of, listeners] of this.#listeners) {
      if (name === undefined || name === of) for (const listener of listeners) listener()
    }
  }
}
