import type { Position } from 'geojson'

// world-atlas leaves rings on the sphere: where one crosses 180° E, its longitude jumps by 360. Cut into
// flat tiles, such a ring would cover everything between its ends, as the sea between Norway and Russia.

/** Lets the longitudes of a line that crosses 180° E run on past 180, or below -180. */
export function unwrapLine(line: readonly Position[]): Position[] {
  let turns = 0
  let before: number | undefined
  return line.map(([longitude = 0, latitude = 0]) => {
    const jump = before === undefined ? 0 : longitude - before
    if (Math.abs(jump) > 180) turns -= Math.sign(jump)
    before = longitude
    return [longitude + 360 * turns, latitude]
  })
}

/** The same for a ring. One around the South Pole, as Antarctica's, is closed along the map's edge. */
export function unwrapRing(ring: readonly Position[]): Position[] {
  const line = unwrapLine(ring)
  const [first, last] = [line[0], line.at(-1)]
  const [start, end] = [first?.[0], last?.[0]]
  if (!first || start === undefined || end === undefined) return line
  if (Math.abs(end - start) < 180) return line
  return [...line, [end, -90], [start, -90], first]
}
