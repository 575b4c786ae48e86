import { type Degrees, offsetFrom } from '../visits/mini-map-frame.ts'

/** West, south, east, north. */
export type Bounds = [number, number, number, number]

/** How far apart two places are, in metres; exact over some kilometres. */
export function metresBetween(one: Degrees, other: Degrees): number {
  const { x, y } = offsetFrom(one, other)
  return Math.hypot(x, y)
}

/** The place so many metres to the east and to the south. */
export function placeAt(origin: Degrees, east: number, south: number): Degrees {
  const step = 0.001
  const one = offsetFrom(origin, {
    latitude: origin.latitude - step,
    longitude: origin.longitude + step,
  })
  return {
    latitude: origin.latitude - (south / one.y) * step,
    longitude: origin.longitude + (east / one.x) * step,
  }
}

const corners = 72

/** A circle as it lies on the ground, as a ring of longitudes and latitudes. */
export const ringAround = (centre: Degrees, radiusM: number): [number, number][] =>
  Array.from({ length: corners + 1 }, (_, corner) => {
    const angle = (corner / corners) * 2 * Math.PI
    const at = placeAt(centre, radiusM * Math.cos(angle), radiusM * Math.sin(angle))
    return [at.longitude, at.latitude]
  })

/** The box around places and circles; undefined: there are none. */
export function boundsOf(
  circles: readonly { readonly point: Degrees; readonly radiusM: number }[],
): Bounds | undefined {
  const ends = circles.flatMap(({ point, radiusM }) => [
    placeAt(point, -radiusM, -radiusM),
    placeAt(point, radiusM, radiusM),
  ])
  if (ends.length === 0) return undefined
  const longitudes = ends.map(({ longitude }) => longitude)
  const latitudes = ends.map(({ latitude }) => latitude)
  return [
    Math.min(...longitudes),
    Math.min(...latitudes),
    Math.max(...longitudes),
    Math.max(...latitudes),
  ]
}
