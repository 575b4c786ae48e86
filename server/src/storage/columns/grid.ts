import { mapItemsMax } from '../../domain/maps.ts'
import type { Box } from '../../domain/ranges.ts'

/** Cells on an edge of what is a tile of 512 pixels on a map: a cluster has 64 pixels of room. */
const cellsPerTileBits = 3
/** Web Mercator ends here; what lies beyond stands in the outermost cells. */
const latitudeMax = 85.051128

/** Cells of a map, which are merged by fours until they are no more than a map takes. */
export class Grid {
  #bits: number
  #cells = new Map<number, number>()
  /** What to do with what was collected when cell `from` becomes part of cell `to`. */
  readonly #onMerged: (intoOf: Uint32Array, count: number) => void
  #keys: [x: number, y: number][] = []

  constructor(zoom: number, onMerged: (intoOf: Uint32Array, count: number) => void) {
    this.#bits = zoom + cellsPerTileBits
    this.#onMerged = onMerged
  }

  get count(): number {
    return this.#keys.length
  }

  /** The number of the cell, which may be a new one. Merging changes the numbers of all. */
  cellAt(latitude: number, longitude: number): number {
    const size = 2 ** this.#bits
    const x = Math.min(size - 1, Math.floor(((wrapped(longitude) + 180) / 360) * size))
    const y = Math.min(size - 1, Math.max(0, Math.floor(mercator(latitude) * size)))
    const cell = this.#numberOf(x, y)
    if (this.#keys.length <= mapItemsMax) return cell
    this.#merge()
    return this.cellAt(latitude, longitude)
  }

  #numberOf(x: number, y: number): number {
    const key = x * 2 ** this.#bits + y
    const known = this.#cells.get(key)
    if (known !== undefined) return known
    this.#cells.set(key, this.#keys.length)
    return this.#keys.push([x, y]) - 1
  }

  #merge(): void {
    const keys = this.#keys
    this.#bits -= 1
    this.#cells = new Map()
    this.#keys = []
    const into = Uint32Array.from(keys, ([x, y]) =>
      this.#numberOf(Math.floor(x / 2), Math.floor(y / 2)),
    )
    this.#onMerged(into, this.#keys.length)
  }
}

/** The longitude from -180 on: 180 is the same meridian. */
export const wrapped = (longitude: number): number =>
  longitude >= 180 ? longitude - 360 : longitude

/** 0 in the north to 1 in the south. */
function mercator(latitude: number): number {
  const limited = Math.max(-latitudeMax, Math.min(latitudeMax, latitude))
  const sine = Math.sin((limited * Math.PI) / 180)
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)
}

/**
 * Whether the view holds a place. West and south edges belong to it, east and north edges to the next
 * view, so that tiles share nothing; but nothing lies beyond a pole.
 */
export function viewOf({ west, south, east, north }: Box) {
  const [from, to] = [wrapped(west), east >= 180 ? 180 : east]
  const isWorld = east - west >= 360
  return (latitude: number, longitude: number): boolean => {
    if (latitude < south || (latitude >= north && north < 90)) return false
    const at = wrapped(longitude)
    if (isWorld) return true
    return west > east ? at >= from || at < to : at >= from && at < to
  }
}
