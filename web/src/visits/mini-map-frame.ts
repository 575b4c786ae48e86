export interface Degrees {
  readonly latitude: number
  readonly longitude: number
}

/** Metres east and south of the customer's pin. */
export interface Offset {
  readonly x: number
  readonly y: number
}

/** Metres to the east and south; exact to a thousandth over a few kilometres. */
export function offsetFrom(origin: Degrees, to: Degrees): Offset {
  const phi = (origin.latitude * Math.PI) / 180
  const perLatitude = 111_132.95 - 559.82 * Math.cos(2 * phi)
  const perLongitude = 111_412.84 * Math.cos(phi) - 93.5 * Math.cos(3 * phi)
  const east = ((to.longitude - origin.longitude + 540) % 360) - 180
  return { x: east * perLongitude, y: (origin.latitude - to.latitude) * perLatitude }
}

export interface Circle extends Offset {
  readonly m: number
}

export interface Frame {
  readonly mPerPx: number
  readonly toX: (m: number) => number
  readonly toY: (m: number) => number
  /** Metres between two lines of the grid. */
  readonly gridM: number
  /** Metres that the scale bar is long. */
  readonly barM: number
}

/** Round lengths of a grid and a scale bar. */
const steps = [1, 2, 5].flatMap((n) => [1, 10, 100, 1_000, 10_000, 100_000].map((by) => n * by))

const roundM = (least: number): number =>
  steps.toSorted((a, b) => a - b).find((m) => m >= least) ?? least

const margin = { x: 44, top: 30, bottom: 38 }
/** A map of so many pixels has room to keep labels from its upper edge. */
const tallPx = 190
const tallTop = 48
const leastMPerPx = 0.4

/**
 * What a pin and its label need above its place, half of the drop's width, and the height of a map that
 * has this room, in pixels.
 */
export const pinRoom = { drop: 30, label: 20, half: 12, leastHeight: 150 }

/**
 * The one scale at which all circles fit; distances, radii and the bar share it. `top`: the room above
 * them, in pixels.
 */
export function frameOf(
  circles: readonly Circle[],
  width: number,
  height: number,
  top = height >= tallPx ? tallTop : margin.top,
): Frame {
  const west = Math.min(...circles.map(({ x, m }) => x - m))
  const east = Math.max(...circles.map(({ x, m }) => x + m))
  const north = Math.min(...circles.map(({ y, m }) => y - m))
  const south = Math.max(...circles.map(({ y, m }) => y + m))
  const mPerPx = Math.max(
    leastMPerPx,
    (east - west) / (width - 2 * margin.x),
    (south - north) / (height - top - margin.bottom),
  )
  const middle = top + (height - top - margin.bottom) / 2
  return {
    mPerPx,
    toX: (m) => width / 2 + (m - (west + east) / 2) / mPerPx,
    toY: (m) => middle + (m - (north + south) / 2) / mPerPx,
    gridM: roundM(44 * mPerPx),
    barM: roundM(28 * mPerPx),
  }
}

/** Where lines of the grid cross an axis, in pixels. */
export function gridLines(origin: number, stepPx: number, end: number): readonly number[] {
  const first = ((origin % stepPx) + stepPx) % stepPx
  return Array.from(
    { length: Math.ceil((end - first) / stepPx) },
    (_, line) => first + line * stepPx,
  )
}
