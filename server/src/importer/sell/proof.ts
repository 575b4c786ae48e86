import type { Plan } from './plan.ts'
import { type Filter, keyOf, type Range } from './ranges.ts'
import type { Place } from './walk.ts'

/** What may be missing. */
export interface Gap {
  readonly filter: Filter
  /**
   * `middle`: both ends were read and did not meet. `nameless`: items without a value of
   * `parameters` that a filter could name.
   */
  readonly cause: 'middle' | 'nameless'
  readonly parameters: readonly string[]
  /** What is missing has an id between these two, both excluded. */
  readonly aboveId: number
  readonly belowId: number
  /** ... and took place in this span of ms, both included; null: whenever. */
  readonly from: number | null
  readonly until: number | null
}

/** What the ranges prove together. */
export interface Proof {
  readonly gaps: readonly Gap[]
  /**
   * Parameters by whose values ranges were split that only Sell's own lists name: but for the gaps
   * it is complete if these lists are.
   */
  readonly restsOn: readonly string[]
  /** Ranges that were read, and how many of them to their end. */
  readonly ranges: number
  readonly whole: number
}

/** Judges what has been read, once the plan is done. */
export function prove(plan: Plan): Proof {
  const parts = new Map<string, Range[]>()
  let ranges = 0
  let whole = 0
  for (const range of plan.ranges()) {
    if (range.phase !== 'split') ranges++
    if (range.phase === 'whole') whole++
    for (const name of Object.keys(range.filter)) {
      const { [name]: _, ...rest } = range.filter
      const key = `${keyOf(rest)} ${name}`
      const known = parts.get(key)
      if (known) known.push(range)
      else parts.set(key, [range])
    }
  }
  const restsOn = new Set<string>()

  function gapsOf(range: Range): Gap[] {
    if (range.phase === 'whole') return []
    if (range.phase !== 'split') return [middleOf(range)]
    const tried = range.splits.map((split) => ({
      split,
      gaps: (parts.get(`${range.key} ${split.dimension}`) ?? []).flatMap(gapsOf),
    }))
    const sound = tried.filter(({ split }) => !plan.isDoubtful(split))
    const best = sound.find(({ gaps: missing }) => missing.length === 0) ?? sound.at(-1)
    if (!best) return [...(tried.at(-1)?.gaps ?? []), namelessOf(range)]
    if (!plan.isClosed(best.split.dimension)) restsOn.add(best.split.dimension)
    return best.gaps
  }

  const gaps = gapsOf(plan.root)
  return { gaps, restsOn: [...restsOn], ranges, whole }
}

function middleOf(range: Range): Gap {
  const { up, down, early, late } = range
  return {
    filter: range.filter,
    cause: 'middle',
    parameters: [],
    aboveId: up.last?.id ?? 0,
    belowId: down.last?.id ?? Number.MAX_SAFE_INTEGER,
    from: early?.last?.at ?? null,
    until: late?.last?.at ?? null,
  }
}

function namelessOf(range: Range): Gap {
  const { up, down, splits, filter } = range
  const bound = (place: Place | null, without: number): number => place?.id ?? without
  return {
    filter,
    cause: 'nameless',
    parameters: splits.map(({ dimension }) => dimension),
    aboveId: bound(up.first, 0),
    belowId: bound(down.first, Number.MAX_SAFE_INTEGER),
    from: null,
    until: null,
  }
}
