import { type Filter, keyOf, newRange, type Range, type Values } from './ranges.ts'
import type { Cap } from './walk.ts'

/** The ranges of a list: the whole, and the parts that it was split into. */
export class RangeTree {
  readonly root: Range
  /** Ranges with pages left to read. */
  readonly live = new Set<Range>()
  readonly #cap: Cap
  readonly #ranges = new Map<string, Range>()
  readonly #changed = new Set<Range>()

  constructor(cap: Cap, saved: readonly Range[]) {
    this.#cap = cap
    for (const range of saved) {
      this.#ranges.set(range.key, range)
      if (range.phase === 'walking' || range.phase === 'ends') this.live.add(range)
    }
    this.root = this.#ranges.get('') ?? this.add({}, null, 0)
  }

  all(): Iterable<Range> {
    return this.#ranges.values()
  }

  get(key: string): Range | undefined {
    return this.#ranges.get(key)
  }

  /** The range of this filter, a new one if there is none. */
  add(filter: Filter, parent: string | null, expected: number): Range {
    const known = this.#ranges.get(keyOf(filter))
    if (known) return known
    const range = newRange(this.#cap, filter, parent, expected)
    this.#ranges.set(range.key, range)
    this.live.add(range)
    this.#changed.add(range)
    return range
  }

  /** Makes a range as it was before anything of it was read. */
  reset(range: Range): void {
    Object.assign(range, newRange(this.#cap, range.filter, range.parent, range.expected))
    range.isRefused = false
    this.live.add(range)
    this.#changed.add(range)
  }

  noteChanged(range: Range): void {
    this.#changed.add(range)
  }

  /** Ranges that have changed since the last call. */
  collectChanged(): Range[] {
    const changed = [...this.#changed]
    this.#changed.clear()
    return changed
  }

  part(range: Range, name: string, value: string): Range | undefined {
    return this.#ranges.get(keyOf({ ...range.filter, [name]: value }))
  }

  /** The parts of a range that was split by this parameter. */
  *parts(range: Range, name: string): Generator<Range> {
    for (const each of this.#ranges.values()) if (isPart(each, range, name)) yield each
  }

  /** The ranges, themselves read, that may list an item with these values. */
  *rangesOf(values: Values, range = this.root): Generator<Range> {
    if (range.phase !== 'split') yield range
    for (const name of range.splits) {
      const value = values[name]
      const part = value === undefined ? undefined : this.part(range, name, value)
      const parts = value === undefined ? this.parts(range, name) : part ? [part] : []
      for (const each of parts) yield* this.rangesOf(values, each)
    }
  }
}

/** Whether the range is a part of `whole`, split by this parameter. */
export function isPart(range: Range, whole: Range, name: string): boolean {
  const value = range.filter[name]
  return value !== undefined && keyOf({ ...whole.filter, [name]: value }) === range.key
}
