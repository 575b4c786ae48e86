import type { Filter, Range } from './ranges.ts'
import { type Cap, hasRead, isCapped, lastOf, newWalk, type Order, type Walk } from './walk.ts'

/** The last page of a range expected to fill this part of the cap is requested early. */
const probedFrom = 0.5
/**
 * ... and that of any other range after this part of the pages, where the guess was far too low.
 */
const probedAfter = 0.16

/** Pages requested in advance, at most, where the end is not known. */
const guessedMax = 8

export interface NextPage {
  readonly range: string
  readonly filter: Filter
  readonly order: Order
  readonly page: number
}

/** How many pages of a range have been read. */
export const walked = (range: Range): number =>
  range.up.through +
  Object.keys(range.up.ahead).length +
  range.down.through +
  Object.keys(range.down.ahead).length +
  (range.early?.through ?? 0) +
  (range.late?.through ?? 0)

/** How far a range has been read in this order. */
export const walkOf = (cap: Cap, range: Range, order: Order): Walk => {
  switch (order) {
    case 'id:asc':
      return range.up
    case 'id:desc':
      return range.down
    case 'visited_at:asc':
      return (range.early ??= newWalk(cap))
    case 'visited_at:desc':
      return (range.late ??= newWalk(cap))
  }
}

/** A page of live ranges that is sure to be needed, otherwise one that may be. */
export function nextPage(
  cap: Cap,
  live: Iterable<Range>,
  isRequested: (page: NextPage) => boolean,
): NextPage | undefined {
  for (const range of live) {
    for (const [order, page] of sure(cap, range)) {
      const planned = { range: range.key, filter: range.filter, order, page }
      if (!isRequested(planned)) return planned
    }
  }
  for (const { key, filter, phase, up } of live) {
    if (phase !== 'walking' || isCapped(cap, up) || up.through === 0) continue
    const guessed = up.through + 1 + Math.min(guessedMax, up.through / 4)
    for (let page = up.through + 2; page <= Math.min(up.bound, guessed); page++) {
      const planned = { range: key, filter, order: 'id:asc', page } as const
      if (!hasRead(up, page) && !isRequested(planned)) return planned
    }
  }
  return undefined
}

/** Pages of a range that are sure to be needed, those that decide most first. */
function* sure(cap: Cap, range: Range): Generator<readonly [Order, number]> {
  const { up, down, early, late } = range
  if (up.through === 0) return yield* unread(up, 'id:asc', 1)
  const isLarge = range.parent === null || range.guessed >= cap.pages * cap.perPage * probedFrom
  const isProbed = up.bound < cap.pages || up.isBoundExact || hasRead(up, cap.pages)
  const isBeyond =
    up.through >= cap.pages * probedAfter && up.through * cap.perPage >= 2 * range.guessed
  if (!isProbed && (isLarge || isBeyond)) {
    yield ['id:asc', cap.pages]
    if (isLarge) return
  }
  if (isCapped(cap, up) && range.phase === 'walking') {
    if (down.through === 0) return yield* unread(down, 'id:desc', 1)
    const bottom = lastOf(down, cap.pages)
    // NOTE: that page is empty if the list has shrunk since its other end was read.
    if (!bottom && !hasMet(cap, up, down) && down.bound === cap.pages) {
      return yield ['id:desc', cap.pages]
    }
  }
  if (range.phase === 'ends') {
    yield* unread(up, 'id:asc', cap.pages)
    yield* unread(down, 'id:desc', cap.pages)
    if (early) yield* unread(early, 'visited_at:asc', cap.pages)
    if (late) yield* unread(late, 'visited_at:desc', cap.pages)
    return
  }
  const isKnown = up.isBoundExact || isCapped(cap, up)
  yield* unread(up, 'id:asc', isKnown ? up.bound : Math.min(up.through + 1, up.bound))
  if (isCapped(cap, up)) yield* unread(down, 'id:desc', Math.min(down.through + 1, cap.pages))
}

const hasMet = (cap: Cap, up: Walk, down: Walk): boolean => {
  const top = lastOf(up, cap.pages)
  return top !== null && down.last !== null && down.last.id <= top.id + 1
}

function* unread(walk: Walk, order: Order, until: number): Generator<readonly [Order, number]> {
  for (let page = walk.through + 1; page <= Math.min(until, walk.bound); page++) {
    if (!hasRead(walk, page)) yield [order, page]
  }
}
