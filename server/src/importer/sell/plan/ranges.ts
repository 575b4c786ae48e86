import { type Cap, newWalk, type Place, type Walk } from './walk.ts'

/** A combination of Sell's filters: parameter to value. */
export type Filter = Readonly<Record<string, string>>

/** An item of a list as the plan sees it: its place, and its value for each parameter. */
export interface Sighting extends Place {
  /** Empty: it has none that a filter could name. Absent: nobody has told. */
  readonly values: Readonly<Record<string, string>>
}

/** A parameter by which a range can be split. */
export interface Dimension {
  readonly name: string
  /** Whether the documentation lists every value there can be. */
  readonly isClosed: boolean
  /** Whether an item may have no value: no filter asks for those, so that a split proves nothing. */
  readonly isNullable?: boolean
  /** Only where the filter names this parameter already. */
  readonly requires?: string
  /** Every value that is known, for what this filter leaves. */
  readonly values: (filter: Filter) => Iterable<string>
  /** Those of them that Sell's own list names, where not all of them come from it. */
  readonly listed?: (filter: Filter) => Iterable<string>
}

/**
 * `walking`: pages are being read. `split`: its children are read instead. `ends`: it cannot be
 * split, both ends are read. `whole`: every item has been read.
 */
export type RangePhase = 'walking' | 'split' | 'ends' | 'whole' | 'torn'

/** What one combination of filters lists. Plain data, kept as JSON. */
export interface Range {
  readonly key: string
  readonly filter: Filter
  readonly parent: string | null
  phase: RangePhase
  /** About how many items it has; it grows with what is read. */
  expected: number
  /** The same before anything of it was read. */
  readonly guessed: number
  up: Walk
  down: Walk
  /** By time, only where a range cannot be split. */
  early: Walk | null
  late: Walk | null
  /** Parameters by which it was split, one after the other. */
  splits: string[]
  /** Something came or went while it was read: an item may have slipped from page to page. */
  isDue: boolean
  /** How often values were seen, by parameter: of `sampled` items. */
  samples: Record<string, Record<string, number>>
  sampled: number
  /**
   * Values that items of it had and Sell's list of them does not name, by the list; empty: one
   * without a value, or too many to be kept.
   */
  unlisted: Record<string, string[]>
  /** Sell does not list it, or in a way that proves nothing. */
  isRefused?: boolean
  /** How often its pages contradicted each other, so that it began anew. */
  contradictions?: number
}

export const keyOf = (filter: Filter): string =>
  Object.keys(filter)
    .sort()
    .map((name) => `${name}=${encodeURIComponent(filter[name] ?? '')}`)
    .join('&')

export const newRange = (
  cap: Cap,
  filter: Filter,
  parent: string | null,
  expected: number,
): Range => ({
  key: keyOf(filter),
  filter,
  parent,
  phase: 'walking',
  expected,
  guessed: expected,
  up: newWalk(cap),
  down: newWalk(cap),
  early: null,
  late: null,
  splits: [],
  isDue: false,
  samples: {},
  sampled: 0,
  unlisted: {},
})

/** Whether an item with these values is listed under the filter. */
export const matches = (filter: Filter, values: Sighting['values']): boolean =>
  Object.entries(filter).every(([name, value]) => values[name] === value)

const sampledMax = 600

/** Remembers which values the items of a range have. */
export function sample(range: Range, items: readonly Sighting[]): void {
  if (range.sampled >= sampledMax) return
  range.sampled += items.length
  for (const { values } of items) {
    for (const [name, value] of Object.entries(values)) {
      if (name === 'resource_id') continue
      const counts = (range.samples[name] ??= {})
      counts[value] = (counts[value] ?? 0) + 1
    }
  }
}

/** The share of the range's items that have this value, as far as has been seen. */
export const shareOf = (range: Range, dimension: string, value: string): number =>
  ((range.samples[dimension]?.[value] ?? 0) + 0.25) / (range.sampled + 1)

/** The share of the most frequent value. */
export const largestShare = (range: Range, dimension: string): number => {
  const counts = Object.values(range.samples[dimension] ?? {})
  return range.sampled === 0 ? 1 : Math.max(0, ...counts) / range.sampled
}
