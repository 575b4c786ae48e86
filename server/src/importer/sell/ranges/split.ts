import { type Parameter, largestShare, type Range } from './ranges.ts'

/** So many caps surely fit into two, although the guess is a bit off. */
const fitting = 1.7
/** A split that leaves more than this share in one part is useless. */
const uselessShare = 0.95
/** Up to so many caps are split by closed parameters, although that takes more requests. */
const closedFirstMax = 8

/** The most promising parameter to split by. `shownMax`: how many items Sell shows in one order. */
export function chooseParameter(
  range: Range,
  parameters: readonly Parameter[],
  shownMax: number,
): Parameter | undefined {
  const free = parameters.filter(
    ({ name, requires }) =>
      range.filter[name] === undefined &&
      !range.splits.includes(name) &&
      (requires === undefined || range.filter[requires] !== undefined),
  )
  const share = ({ name }: Parameter): number => largestShare(range, name)
  const isUseful = (each: Parameter): boolean => share(each) < uselessShare
  const closed = free
    .filter(({ isClosed }) => isClosed)
    .sort((one, other) => share(one) - share(other))
  const open = free.filter(({ isClosed }) => !isClosed)
  const together = closed.reduce((product, each) => product * share(each), 1)
  const [bestClosed] = closed
  const isSmall = range.expected <= closedFirstMax * shownMax
  const fits = range.expected * together <= fitting * shownMax
  if (bestClosed && isSmall && fits && isUseful(bestClosed)) return bestClosed
  // NOTE: each lead or contact takes a request of its own, so other parameters come first, except
  // those that prove nothing.
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
