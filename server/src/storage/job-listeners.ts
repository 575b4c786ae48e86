/** Listeners of this process for background jobs that are requested. */
export class JobListeners {
  readonly #listeners = new Map<string, Set<() => void>>()

  add(name: string, listener: () => void): () => void {
    const ofName = this.#listeners.get(name) ?? new Set()
    this.#listeners.set(name, ofName.add(listener))
    return () => void ofName.delete(listener)
  }

  /** undefined: it is not known which job was requested, so all listeners are called. */
  call(name: string | undefined): void {
    for (const [of, listeners] of this.#listeners) {
      if (name === undefined || name === of) for (const listener of listeners) listener()
    }
  }
}
