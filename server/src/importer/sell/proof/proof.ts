import type { Listing } from '../ranges/listing.ts'
import { type Filter, keyOf, type Range } from '../ranges/ranges.ts'

/** Items that may be missing. */
export interface Gap {
  readonly filter: Filter
  /**
   * `middle`: both ends were read and did not meet. `nameless`: items that have no value of
   * `parameters` which a filter could name. `refused`: Sell refuses to list them, or contradicts
   * itself.
   */
  readonly cause: 'middle' | 'nameless' | 'refused'
  readonly parameters: readonly string[]
  /** Their ids lie between these two, both excluded. */
  readonly aboveId: number
  readonly belowId: number
  /** They took place in this span of ms, both included; null: at any time. */
  readonly from: number | null
  readonly until: number | null
}

/** What the ranges prove together. */
export interface Proof {
  readonly gaps: readonly Gap[]
  /**
   * Parameters by which ranges were split and whose values come from Sell's lists. Apart from the
   * gaps, everything was read if these lists are complete.
   */
  readonly restsOn: readonly string[]
  /** Ranges that were read, and how many of them completely. */
  readonly ranges: number
  readonly whole: number
}

/** What a finished listing proves. */
export function prove(listing: Listing): Proof {
  const parts = new Map<string, Range[]>()
  let ranges = 0
  let whole = 0
  for (const range of listing.ranges.all()) {
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

  function judge(range: Range): Pick<Proof, 'gaps' | 'restsOn'> {
    if (range.phase === 'whole') return { gaps: [], restsOn: [] }
    if (range.isRefused) return { gaps: [gapOf(range, 'refused')], restsOn: [] }
    if (range.phase !== 'split') return { gaps: [middleOf(range)], restsOn: [] }
    const tried = range.splits.map((name) => {
      const judged = (parts.get(`${range.key} ${name}`) ?? []).map(judge)
      const gaps = judged.flatMap((each) => each.gaps)
      const restsOn = judged.flatMap((each) => each.restsOn)
      return { name, gaps, restsOn }
    })
    const sound = tried.filter(({ name }) => !listing.isDoubtful(range, name))
    const best = sound.find(({ gaps }) => gaps.length === 0) ?? sound.at(-1)
    if (best) {
      const { name, gaps, restsOn } = best
      return { gaps, restsOn: listing.values.find(name)?.isClosed ? restsOn : [...restsOn, name] }
    }
    const last = tried.at(-1)
    return { gaps: [...(last?.gaps ?? []), namelessOf(range)], restsOn: last?.restsOn ?? [] }
  }

  const { gaps, restsOn } = judge(listing.ranges.root)
  return { gaps, restsOn: [...new Set(restsOn)], ranges, whole }
}

const middleOf = (range: Range): Gap =>
  gapOf(range, 'middle', {
    aboveId: range.up.last?.id,
    belowId: range.down.last?.id,
    from: range.early?.last?.at ?? null,
    until: range.late?.last?.at ?? null,
  })

const namelessOf = (range: Range): Gap =>
  gapOf(range, 'nameless', {
    parameters: range.splits,
    aboveId: range.up.first?.id,
    belowId: range.down.first?.id,
  })

interface Bounds extends Partial<Pick<Gap, 'parameters' | 'from' | 'until'>> {
  readonly aboveId?: number | undefined
  readonly belowId?: number | undefined
}

const gapOf = ({ filter }: Range, cause: Gap['cause'], bounds: Bounds = {}): Gap => ({
  filter,
  cause,
  parameters: [],
  from: null,
  until: null,
  ...bounds,
  aboveId: bounds.aboveId ?? 0,
  belowId: bounds.belowId ?? Number.MAX_SAFE_INTEGER,
})
