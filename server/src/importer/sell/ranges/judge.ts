import { walked } from './next-pages.ts'
import type { Range } from './ranges.ts'
import { type Cap, isCapped, isWalkedToEnd, lastOf } from './walk.ts'

/**
 * `whole`: every item has been read. `torn`: both ends have been read and do not meet. `long`: it
 * holds more than Sell shows from both ends. undefined: more pages are needed.
 */
export type Verdict = 'whole' | 'torn' | 'long' | undefined

/** What the pages of a range prove together. Corrects its expected length. */
export function judge(cap: Cap, range: Range): Verdict {
  const { up, down } = range
  if (isWalkedToEnd(cap, up) || isWalkedToEnd(cap, down)) return 'whole'
  range.expected = Math.max(range.expected, Math.max(up.through, down.through) * cap.perPage)
  const top = isCapped(cap, up) ? lastOf(up, cap.pages) : null
  if (!top) return undefined
  if (up.through === cap.pages && down.last && down.last.id <= top.id + 1) return 'whole'
  if (range.phase !== 'walking') return judgeEnds(cap, range)
  const bottom = lastOf(down, cap.pages)
  if (!bottom || !up.first || !down.first) return undefined
  const spans = top.id - up.first.id + (down.first.id - bottom.id)
  const density = (2 * cap.pages * cap.perPage) / Math.max(1, spans)
  range.expected = Math.round(density * (down.first.id - up.first.id + 1))
  return bottom.id <= top.id + 1 ? undefined : 'long'
}

function judgeEnds(cap: Cap, { up, down, early, late }: Range): Verdict {
  const { pages } = cap
  if (up.through < pages || down.through < pages) return undefined
  if (!early || !late) return 'torn'
  if (isWalkedToEnd(cap, early) || isWalkedToEnd(cap, late)) return 'whole'
  const meet = early.last && late.last && early.last.at > late.last.at
  if (meet && early.through === pages) return 'whole'
  return early.through < pages || late.through < pages ? undefined : 'torn'
}

/** Pages that the range surely needs still, about. */
export function pagesLeftOf(cap: Cap, range: Range): number {
  if (range.phase === 'ends') return 4 * cap.pages - walked(range)
  return Math.max(1, Math.ceil(range.expected / cap.perPage) - walked(range))
}
