import { distance } from 'geokdbush'

export interface Place {
  readonly latitude: number
  readonly longitude: number
}

const between = (one: Place, other: Place): number =>
  distance(one.longitude, one.latitude, other.longitude, other.latitude) * 1_000

/** The way from `start` through the places in this order, in metres as the crow flies. */
export function wayLength(places: readonly Place[], start: Place | null): number {
  const way = start ? [start, ...places] : places
  return way.reduce((sum, place, index) => {
    const before = way[index - 1]
    return before ? sum + between(before, place) : sum
  }, 0)
}

/** What reversing a part has to save at least, in metres. */
const leastM = 0.01

type Distances = readonly (readonly number[])[]

/** Reverses parts of the way while that makes it shorter. The first stays; the end is free. */
function untangle(way: number[], distances: Distances): void {
  const cost = (from: number, to: number): number => {
    const [a, b] = [way[from], way[to]]
    return a === undefined || b === undefined ? 0 : (distances[a]?.[b] ?? 0)
  }
  for (let isBetter = true; isBetter;) {
    isBetter = false
    for (let before = 0; before < way.length - 2; before += 1) {
      for (let last = before + 2; last < way.length; last += 1) {
        const now = cost(before, before + 1) + cost(last, last + 1)
        const then = cost(before, last) + cost(before + 1, last + 1)
        if (now - then < leastM) continue
        way.splice(before + 1, last - before, ...way.slice(before + 1, last + 1).toReversed())
        isBetter = true
      }
    }
  }
}

/** Always on to the nearest that is left. */
function nearestFirst(distances: Distances): number[] {
  const way = [0]
  const left = new Set(distances.keys())
  left.delete(0)
  while (left.size > 0) {
    const from = distances[way.at(-1) ?? 0]
    const next = [...left].reduce((best, each) =>
      (from?.[each] ?? 0) < (from?.[best] ?? 0) ? each : best,
    )
    left.delete(next)
    way.push(next)
  }
  return way
}

/**
 * A short way through all places, as their indexes; never longer than the order in which they are
 * given. `start` is where the way begins; null: at any of them.
 */
export function bestOrder(places: readonly Place[], start: Place | null): readonly number[] {
  // The start is the 0th; unknown, it is as far from everything.
  const distances = [start, ...places].map((one) =>
    [start, ...places].map((other) => (one && other ? between(one, other) : 0)),
  )
  const given = [...distances.keys()]
  const ways = [given.slice(), nearestFirst(distances)]
  for (const way of ways) untangle(way, distances)
  const orders = [given, ...ways].map((way) => way.slice(1).map((index) => index - 1))
  const lengthOf = (order: readonly number[]): number =>
    wayLength(
      order.flatMap((index) => places[index] ?? []),
      start,
    )
  return orders.reduce((best, order) => (lengthOf(order) < lengthOf(best) ? order : best))
}
