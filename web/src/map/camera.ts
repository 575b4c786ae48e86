import type { Box } from '../api/maps.ts'

export const zoomMin = 1
export const zoomMax = 20

/** Pixels of the map that are covered, or kept free around what is shown. */
export interface Insets {
  readonly top: number
  readonly right: number
  readonly bottom: number
  readonly left: number
}

/** Pixels of the page. */
export interface Size {
  readonly width: number
  readonly height: number
}

/** Where a map looks from. */
export interface Camera {
  readonly longitude: number
  readonly latitude: number
  readonly zoom: number
}

/** Degrees that may go beyond 180. */
export interface Span {
  readonly west: number
  readonly south: number
  readonly east: number
  readonly north: number
}

const tilePx = 512
const turn = Math.PI / 180

/** How far to the east, and how far from the north of the map, as shares of the world. */
const acrossOf = (longitude: number): number => (longitude + 180) / 360
const downOf = (latitude: number): number =>
  0.5 - Math.log(Math.tan(Math.PI / 4 + (latitude * turn) / 2)) / (2 * Math.PI)
const longitudeAt = (across: number): number => across * 360 - 180
const latitudeAt = (down: number): number =>
  (2 * Math.atan(Math.exp((0.5 - down) * 2 * Math.PI)) - Math.PI / 2) / turn

/** Whether a map of this size can look from there: nothing beyond the poles, and not from too far. */
export function isFree({ latitude, zoom }: Camera, { height }: Size): boolean {
  const [down, worldPx] = [downOf(latitude), tilePx * 2 ** zoom]
  const room = Math.min(down, 1 - down) * worldPx
  return zoom >= zoomMin && zoom <= zoomMax && room >= height / 2
}

/**
 * From where a map of this size has all of a box between the insets, as MapLibre's `cameraForBounds` has it.
 * null: it cannot look from there.
 */
export function cameraAround(
  [west, south, east, north]: Box,
  { width, height }: Size,
  { top, right, bottom, left }: Insets,
  zoomMost: number,
): Camera | null {
  const [roomX, roomY] = [width - left - right, height - top - bottom]
  if (roomX <= 0 || roomY <= 0) return null
  const [x0, x1] = [acrossOf(west), acrossOf(west > east ? east + 360 : east)]
  const [y0, y1] = [downOf(north), downOf(south)]
  const worldPx = Math.min(roomX / (x1 - x0), roomY / (y1 - y0), tilePx * 2 ** zoomMost)
  const camera = {
    longitude: longitudeAt((x0 + x1) / 2 - (left - right) / 2 / worldPx),
    latitude: latitudeAt((y0 + y1) / 2 - (top - bottom) / 2 / worldPx),
    zoom: Math.log2(worldPx / tilePx),
  }
  return isFree(camera, { width, height }) ? camera : null
}

/** What a map of this size shows between the insets. */
export function spanFrom(
  { longitude, latitude, zoom }: Camera,
  { width, height }: Size,
  { top, right, bottom, left }: Insets,
): Span {
  const worldPx = tilePx * 2 ** zoom
  const [x, y] = [acrossOf(longitude), downOf(latitude)]
  return {
    west: longitudeAt(x + (left - width / 2) / worldPx),
    north: latitudeAt(y + (top - height / 2) / worldPx),
    east: longitudeAt(x + (width / 2 - right) / worldPx),
    south: latitudeAt(y + (height / 2 - bottom) / worldPx),
  }
}
