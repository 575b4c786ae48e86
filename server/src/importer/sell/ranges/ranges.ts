import { type Cap, newWalk, type Place, type Walk } from './walk.ts'

/** A combination of Sell's filters: parameter to value. */
export type Filter = Readonly<Record<string, string>>

/** Value for each parameter. Empty: none that a filter could name. Absent: unknown. */
export type Values = Readonly<Record<string, string>>

/** An item of a list as the listing sees it. */
export interface ListedItem extends Place {
  readonly values: Values
}

/** A parameter by which a range can be split. */
export interface Parameter {
  readonly name: string
  /** Whether the documentation lists every value there can be. */
  readonly isClosed: boolean
  /** Whether an item may have no value. No filter selects those, so a split proves nothing. */
  readonly isNullable?: boolean
  /** Usable only where the filter names this other parameter already. */
  readonly requires?: string
  /** Every known value under this filter. */
  readonly values: (filter: Filter) => Iterable<string>
  /** Those of them that Sell's own list names; absent: all. */
  readonly listed?: (filter: Filter) => Iterable<string>
}

/**
 * `walking`: pages are being read. `split`: its parts are read instead. `ends`: it cannot be split,
 * so both ends are read. `whole`: every item has been read. `torn`: the ends do not meet.
 */
export type RangePhase = 'walking' | 'split' | 'ends' | 'whole' | 'torn'

/** What one combination of filters lists. Plain data, stored as JSON. */
export interface Range {
  readonly key: string
  readonly filter: Filter
  readonly parent: string | null
  phase: RangePhase
  /** About how many items it has, corrected as pages are read. */
  expected: number
  /** The same before any page was read. */
  readonly guessed: number
  up: Walk
  down: Walk
  /** Sorted by time, only where a range cannot be split. */
  early: Walk | null
  late: Walk | null
  /** Parameters by which it was split, one after the other. */
  splits: string[]
  /** Its pages may have shifted while they were read. */
  isDue: boolean
  /** How often values were seen, by parameter: of `sampled` items. */
  samples: Record<string, Record<string, number>>
  sampled: number
  /** Values of its items that Sell's list does not name, by the list; '': no value, or too many. */
  unlisted: Record<string, string[]>
  /** Sell refuses to list it, or contradicts itself. */
  isRefused?: boolean
  /** How often it was read again because its pages contradicted each other. */
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
export const matches = (filter: Filter, values: Values): boolean =>
  Object.entries(filter).every(([name, value]) => values[name] === value)

const sampledMax = 600

/** Counts the values of a range's items. */
export function sample(range: Range, items: readonly ListedItem[]): void {
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

/** The share of the sampled items that have this value. */
export const shareOf = (range: Range, parameter: string, value: string): number =>
  ((range.samples[parameter]?.[value] ?? 0) + 0.25) / (range.sampled + 1)

/** The share of the most frequent value. */
export const largestShare = (range: Range, parameter: string): number => {
  const counts = Object.values(range.samples[parameter] ?? {})
  return range.sampled === 0 ? 1 : Math.max(0, ...counts) / range.sampled
}
