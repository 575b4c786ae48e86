import { mapPointsMax } from '../../domain/maps.ts'
import type { Box } from '../../domain/ranges.ts'
import { Grid, wrapped } from './grid.ts'

/** In degrees. */
export interface Place {
  readonly latitude: number
  readonly longitude: number
}

/** What stands in one cell. */
export interface Cluster<Item> {
  /** What came first: a cluster of one is a point. Whoever adds it sets this. */
  first: Item | undefined
  count: number
  /** Sums in millionths of a degree: whole numbers, so that the order of adding changes nothing. */
  latitudes: number
  longitudes: number
  west: number
  south: number
  east: number
  north: number
  /** By ordinal and number. */
  readonly outcomes: number[]
  readonly statuses: number[]
}

const outside = -1
const perDegree = 1e6

/** Collects what stands in the view by the cells of a grid. */
export class Clusters<Item> {
  readonly #grid: Grid
  readonly #holds: (latitude: number, longitude: number) => boolean
  #clusters: Cluster<Item>[] = []
  /** The cell of each record, plus 1; 0: not looked at yet. */
  readonly #cellsOfRecords: Int32Array

  constructor(
    zoom: number,
    holds: (latitude: number, longitude: number) => boolean,
    records: number,
  ) {
    this.#grid = new Grid(zoom, (into, count) => this.#merge(into, count))
    this.#holds = holds
    this.#cellsOfRecords = new Int32Array(records)
  }

  get all(): readonly Cluster<Item>[] {
    return this.#clusters
  }

  /** Adds one more at the place of a record; undefined: it is not in the view. */
  addAtRecord(record: number, latitude: number, longitude: number): Cluster<Item> | undefined {
    let cell = this.#cellsOfRecords[record] ?? 0
    if (cell === 0) {
      cell = this.#holds(latitude, longitude) ? this.#grid.cellAt(latitude, longitude) + 1 : outside
      this.#cellsOfRecords[record] = cell
    }
    return cell === outside ? undefined : this.#add(cell - 1, latitude, longitude)
  }

  /** Adds one more, which may be shown elsewhere; undefined: it is not in the view. */
  add(place: Place, shown: Place = place): Cluster<Item> | undefined {
    if (!this.#holds(place.latitude, place.longitude)) return undefined
    const { latitude, longitude } = shown
    return this.#add(this.#grid.cellAt(latitude, longitude), latitude, longitude)
  }

  #add(cell: number, latitude: number, longitude: number): Cluster<Item> {
    const east = wrapped(longitude)
    const cluster = this.#clusters[cell] ?? emptyAt<Item>(latitude, east)
    if (cluster.count === 0) this.#clusters[cell] = cluster
    cluster.count += 1
    cluster.latitudes += Math.round(latitude * perDegree)
    cluster.longitudes += Math.round(east * perDegree)
    if (east < cluster.west) cluster.west = east
    if (east > cluster.east) cluster.east = east
    if (latitude < cluster.south) cluster.south = latitude
    if (latitude > cluster.north) cluster.north = latitude
    return cluster
  }

  #merge(into: Uint32Array, count: number): void {
    const merged: Cluster<Item>[] = []
    for (const [cell, cluster] of this.#clusters.entries()) {
      const target = into[cell] ?? 0
      const other = merged[target]
      if (other) addTo(other, cluster)
      else merged[target] = cluster
    }
    if (merged.length > count) throw new Error('more clusters than cells')
    this.#clusters = merged
    const cells = this.#cellsOfRecords
    for (let record = 0; record < cells.length; record++) {
      const cell = cells[record] ?? 0
      if (cell > 0) cells[record] = (into[cell - 1] ?? 0) + 1
    }
  }
}

const emptyAt = <Item>(latitude: number, longitude: number): Cluster<Item> => ({
  first: undefined,
  count: 0,
  latitudes: 0,
  longitudes: 0,
  west: longitude,
  south: latitude,
  east: longitude,
  north: latitude,
  outcomes: [],
  statuses: [],
})

function addTo<Item>(cluster: Cluster<Item>, other: Cluster<Item>): void {
  cluster.count += other.count
  cluster.latitudes += other.latitudes
  cluster.longitudes += other.longitudes
  cluster.west = Math.min(cluster.west, other.west)
  cluster.south = Math.min(cluster.south, other.south)
  cluster.east = Math.max(cluster.east, other.east)
  cluster.north = Math.max(cluster.north, other.north)
  addCounts(cluster.outcomes, other.outcomes)
  addCounts(cluster.statuses, other.statuses)
}

function addCounts(counts: number[], others: readonly number[]): void {
  for (const [at, count] of others.entries()) counts[at] = (counts[at] ?? 0) + (count ?? 0)
}

/** Keeps each item by itself as long as there are few. */
export class Apart<Item> {
  #items: Item[] | undefined

  constructor(isWanted: boolean) {
    this.#items = isWanted ? [] : undefined
  }

  add(item: () => Item): void {
    if (this.#items && this.#items.push(item()) > mapPointsMax) this.#items = undefined
  }

  /** undefined: they are not wanted, or too many. */
  get items(): readonly Item[] | undefined {
    return this.#items
  }
}

/** What stands alone in its cell. */
export const pointsOf = <Item>(clusters: readonly Cluster<Item>[]): Item[] =>
  clusters.flatMap(({ count, first }) => (count === 1 && first !== undefined ? [first] : []))

/** The middle of what stands there, to a millionth of a degree. */
export const middleOf = ({ count, latitudes, longitudes }: Cluster<unknown>) => ({
  latitude: Math.round(latitudes / count) / perDegree,
  longitude: Math.round(longitudes / count) / perDegree,
})

export const boxOf = ({ west, south, east, north }: Cluster<unknown>): Box => ({
  west,
  south,
  east,
  north,
})
