import { NumberTable } from './number-table.ts'

/** Counts numbers: 24 bytes or less for each. */
export class SeenCounts {
  readonly #counts = new NumberTable(1)

  get(key: number): number {
    return this.#counts.get(key)?.[0] ?? 0
  }

  /** Counts the number again, and answers how often it was counted before. */
  add(key: number): number {
    const before = this.get(key)
    this.#counts.set(key, [before + 1])
    return before
  }
}
