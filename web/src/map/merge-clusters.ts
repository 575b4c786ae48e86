import { donutRadius } from './donuts.ts'
import { type MapCluster, type MapPin, type MapPins, noLook } from './map-pins.ts'

const tilePx = 512
const pinRadius = 13
/** No two that touch are farther apart than this. */
const cellPx = 96
const latitudeMax = 85.051128

interface Item {
  readonly cluster: MapCluster
  /** What a cluster of one is. */
  readonly pin: MapPin | null
  readonly x: number
  readonly y: number
}

function toItem(cluster: MapCluster, pin: MapPin | null, zoom: number): Item {
  const sizePx = tilePx * 2 ** zoom
  const limited = Math.max(-latitudeMax, Math.min(latitudeMax, cluster.latitude))
  const sine = Math.sin((limited * Math.PI) / 180)
  return {
    cluster,
    pin,
    x: ((cluster.longitude + 180) / 360) * sizePx,
    y: (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * sizePx,
  }
}

const clusterOf = (pin: MapPin, looks: number): MapCluster => ({
  longitude: pin.longitude,
  latitude: pin.latitude,
  count: 1,
  bbox: [pin.longitude, pin.latitude, pin.longitude, pin.latitude],
  shares: Array.from({ length: pin.look === noLook ? 0 : looks }, (_, at) =>
    at === pin.look ? 1 : 0,
  ),
})

const radiusOf = ({ cluster: { count } }: Item): number =>
  count === 1 ? pinRadius : donutRadius(count)

function together(one: MapCluster, other: MapCluster): MapCluster {
  const [[w, s, e, n], [west, south, east, north]] = [one.bbox, other.bbox]
  const length = Math.max(one.shares.length, other.shares.length)
  return {
    // It stands where most are.
    longitude: one.longitude,
    latitude: one.latitude,
    count: one.count + other.count,
    bbox: [
      Math.min(w ?? 0, west ?? 0),
      Math.min(s ?? 0, south ?? 0),
      Math.max(e ?? 0, east ?? 0),
      Math.max(n ?? 0, north ?? 0),
    ],
    shares: Array.from({ length }, (_, at) => (one.shares[at] ?? 0) + (other.shares[at] ?? 0)),
  }
}

/** The server's clusters are cells of a grid, which can stand on each other: the larger takes the smaller. */
export function mergeClusters(given: MapPins, zoom: number): MapPins {
  const { looks, pins, clusters } = given
  if (clusters.length === 0) return given
  const left = new Map<string, Set<Item>>()
  const cellOf = ({ x, y }: Item, right = 0, down = 0) =>
    `${Math.floor(x / cellPx) + right} ${Math.floor(y / cellPx) + down}`
  const items = [
    ...clusters.map((cluster) => toItem(cluster, null, zoom)),
    ...pins.map((pin) => toItem(clusterOf(pin, looks.length), pin, zoom)),
  ].toSorted((a, b) => b.cluster.count - a.cluster.count)
  for (const item of items) {
    const cell = left.get(cellOf(item)) ?? new Set()
    left.set(cellOf(item), cell.add(item))
  }

  const merged: MapCluster[] = []
  const alone: MapPin[] = []
  const sides = [-1, 0, 1]
  for (const item of items) {
    if (!left.get(cellOf(item))?.delete(item)) continue
    let { cluster } = item
    for (const cell of sides.flatMap((right) => sides.map((down) => cellOf(item, right, down)))) {
      for (const other of left.get(cell) ?? []) {
        const distance = Math.hypot(other.x - item.x, other.y - item.y)
        if (distance > radiusOf({ ...item, cluster }) + radiusOf(other)) continue
        left.get(cell)?.delete(other)
        cluster = together(cluster, other.cluster)
      }
    }
    if (item.pin && cluster.count === 1) alone.push(item.pin)
    else merged.push(cluster)
  }
  return { looks, pins: alone, clusters: merged }
}
