import { type Dimension, largestShare, type Range } from './ranges.ts'

/** How many caps are expected to fit below two, the guess being wrong by a bit. */
const fitting = 1.7
/** A split in which one part keeps more than this is of no use. */
const uselessShare = 0.95
/** How many caps are split by closed parameters alone, though that takes more requests. */
const closedFirstMax = 8

/**
 * The parameter that promises most for a range that has to be split; undefined: there is none left.
 * `shownMax`: as many items as Sell shows in one order.
 */
export function chooseDimension(
  range: Range,
  dimensions: readonly Dimension[],
  shownMax: number,
): Dimension | undefined {
  const free = dimensions.filter(
    ({ name, requires }) =>
      range.filter[name] === undefined &&
      !range.splits.includes(name) &&
      (requires === undefined || range.filter[requires] !== undefined),
  )
  const share = ({ name }: Dimension): number => largestShare(range, name)
  const isUseful = (each: Dimension): boolean => share(each) < uselessShare
  const closed = free
    .filter(({ isClosed }) => isClosed)
    .sort((one, other) => share(one) - share(other))
  const open = free.filter(({ isClosed }) => !isClosed)
  const together = closed.reduce((product, each) => product * share(each), 1)
  const [bestClosed] = closed
  const isSmall = range.expected <= closedFirstMax * shownMax
  const fits = range.expected * together <= fitting * shownMax
  if (bestClosed && isSmall && fits && isUseful(bestClosed)) return bestClosed
  // NOTE: single leads and contacts take a request each, so that all else comes first but what
  // cannot prove anything.
  const early = open.filter(({ requires, isNullable }) => !requires && !isNullable)
  const late = open.filter(({ requires, isNullable }) => requires && !isNullable)
  return (
    early.find(isUseful) ??
    closed.find(isUseful) ??
    bestClosed ??
    early[0] ??
    late[0] ??
    open.find(isUseful)
  )
}
