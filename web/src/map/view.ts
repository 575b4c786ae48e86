import type { Box, MapPart } from '../api/maps.ts'
import { type Camera, type Insets, type Size, type Span, spanFrom } from './camera.ts'
import type { MapEngine } from './engine.ts'

/** Half a degree is what a pixel is at the farthest. */
const perDegree = 1e5
const latitudeMax = 85

const rounded = (degrees: number): number => Math.round(degrees * perDegree) / perDegree

/** From -180 to 180, however often the map went around the world. */
const wrapped = (longitude: number): number => ((((longitude + 180) % 360) + 360) % 360) - 180

function boxOf({ west, south, east, north }: Span): Box {
  const isWorld = east - west >= 360
  return [
    isWorld ? -180 : rounded(wrapped(west)),
    rounded(Math.max(-latitudeMax, south)),
    isWorld ? 180 : rounded(wrapped(east)),
    rounded(Math.min(latitudeMax, north)),
  ]
}

/** What is seen between the insets, and once as wide as the server is asked for. */
export interface Seen {
  readonly box: Box
  /** All of the map, in degrees that may go beyond 180. */
  readonly span: Span
  readonly zoom: number
}

export const wholeWorld: Seen = {
  box: [-180, -90, 180, 90],
  span: { west: -180, south: -latitudeMax, east: 180, north: latitudeMax },
  zoom: 2,
}

const uncovered: Insets = { top: 0, right: 0, bottom: 0, left: 0 }

export const seenFrom = (camera: Camera, size: Size, insets: Insets): Seen => ({
  box: boxOf(spanFrom(camera, size, insets)),
  span: spanFrom(camera, size, uncovered),
  zoom: Math.floor(camera.zoom),
})

export function seenOn({ map }: MapEngine, insets: Insets): Seen {
  const { clientWidth: width, clientHeight: height } = map.getContainer()
  const { lat: latitude, lng: longitude } = map.getCenter()
  return seenFrom({ longitude, latitude, zoom: map.getZoom() }, { width, height }, insets)
}

/** Whether no more than a pixel lies between them. */
export function isNear(one: Seen, other: Seen): boolean {
  const pixel = (one.span.east - one.span.west) / 1_000
  return (
    one.zoom === other.zoom &&
    one.box.every((degrees, at) => Math.abs(degrees - (other.box[at] ?? 0)) < pixel)
  )
}

export interface View {
  readonly seen: Seen
  /** The part that pins are there for, which changes less often than what is seen. */
  readonly part: WidePart
}

/** A part of the world that was asked for, in degrees that may go beyond 180. */
export interface WidePart extends MapPart {
  readonly span: Span
}

/** What is seen and a quarter more on each side. */
export function widePart({ span, zoom }: Seen): WidePart {
  const [width, height] = [(span.east - span.west) / 4, (span.north - span.south) / 4]
  const wide = {
    west: span.west - width,
    south: span.south - height,
    east: span.east + width,
    north: span.north + height,
  }
  return { span: wide, bbox: boxOf(wide), zoom }
}

/** Whether the part that was asked for last still has all that is seen. */
export const holds = (part: WidePart, { span, zoom }: Seen): boolean =>
  part.zoom === zoom &&
  part.span.west <= span.west &&
  part.span.east >= span.east &&
  part.span.south <= Math.max(span.south, -latitudeMax) &&
  part.span.north >= Math.min(span.north, latitudeMax)

/** Around all places; null: there are none. */
export function around(
  places: readonly { readonly latitude: number; readonly longitude: number }[],
): Box | null {
  if (places.length === 0) return null
  let [west, south, east, north] = [180, 90, -180, -90]
  for (const { latitude, longitude } of places) {
    west = Math.min(west, longitude)
    east = Math.max(east, longitude)
    south = Math.min(south, latitude)
    north = Math.max(north, latitude)
  }
  return [west, south, east, north]
}
