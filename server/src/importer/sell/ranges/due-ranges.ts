import type { RangeTree } from './range-tree.ts'
import type { Range, Values } from './ranges.ts'

/** Ranges whose pages may have shifted while they were read, so that an item was shown by none. */
export class DueRanges {
  readonly #tree: RangeTree
  readonly #atRest = new Set<Range>()

  constructor(tree: RangeTree) {
    this.#tree = tree
  }

  /**
   * Marks the ranges that list an item with these values. `onlyDown`: only those that were read
   * from their newest end, since a new item shifts no others.
   */
  mark(values: Values, onlyDown: boolean): void {
    for (const range of this.#tree.rangesOf(values)) {
      if (onlyDown && range.down.through === 0 && range.phase !== 'ends') continue
      this.#mark(range)
    }
  }

  /** Marks the ranges that an item with changed values has left or entered. */
  markMoved(before: Values, now: Values): void {
    const left = new Set(this.#tree.rangesOf(before))
    const entered = new Set(this.#tree.rangesOf(now))
    for (const range of left.symmetricDifference(entered)) this.#mark(range)
  }

  markAll(): void {
    for (const range of this.#tree.all()) if (range.phase !== 'split') this.#mark(range)
  }

  #mark(range: Range): void {
    if (range.isDue) return
    range.isDue = true
    this.#tree.noteChanged(range)
  }

  /**
   * The marked ranges. Call it when the stream has reported everything that changed while they were
   * read. An unmarked range is then at rest: its pages are read no more, so later changes cannot
   * shift them.
   */
  collect(): Range[] {
    const due: Range[] = []
    for (const range of this.#tree.all()) {
      if (range.phase === 'split' || this.#tree.live.has(range)) continue
      if (!range.isDue) this.#atRest.add(range)
      else if (this.#atRest.has(range)) this.unmark(range)
      else due.push(range)
    }
    return due
  }

  /** Notes that a range is in order. */
  unmark(range: Range): void {
    range.isDue = false
    this.#tree.noteChanged(range)
  }

  noteRestart(range: Range): void {
    this.#atRest.delete(range)
  }
}
