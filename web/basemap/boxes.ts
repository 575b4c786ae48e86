import type { Position } from 'geojson'

export type Box = readonly [west: number, south: number, east: number, north: number]

export function boxOf(positions: readonly Position[]): Box {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [longitude = 0, latitude = 0] of positions) {
    west = Math.min(west, longitude)
    east = Math.max(east, longitude)
    south = Math.min(south, latitude)
    north = Math.max(north, latitude)
  }
  return [west, south, east, north]
}

/** How far a tile's lines reach beyond it, of its width, and more. */
const margin = 1 / 32

/** Around a tile of the web's Mercator map, a little larger than it. */
export function boxOfTile(z: number, x: number, y: number): Box {
  const side = 2 ** z
  const longitude = (column: number) => (column / side) * 360 - 180
  const latitude = (row: number) =>
    (Math.atan(Math.sinh(Math.PI * (1 - (2 * row) / side))) * 180) / Math.PI
  // NOTE: the map ends at 85°, and its outermost tiles hold whatever lies beyond.
  const south = y + 1 === side ? -90 : latitude(y + 1 + margin)
  const north = y === 0 ? 90 : latitude(y - margin)
  return [longitude(x - margin), south, longitude(x + 1 + margin), north]
}

/** Whether they overlap anywhere on the globe. */
export function overlap(one: Box, other: Box): boolean {
  if (one[1] > other[3] || one[3] < other[1]) return false
  return [-360, 0, 360].some((turn) => one[0] + turn <= other[2] && one[2] + turn >= other[0])
}
