import type { Box, VisitMap } from '../api/maps.ts'
import { isPhone } from '../parts/is-phone.ts'
import type { MapSearch } from '../search.ts'
import { type Camera, cameraAround, type Insets, isFree, type Size } from './camera.ts'
import { around, seenFrom, type View, widePart } from './view.ts'

/** What the list covers; the panel of a visit comes and goes, and the list stays as it is. */
export const covered: Insets = { top: 0, right: 0, bottom: 0, left: 348 }

/** What is kept free around the middles of pins and rings: below, a legend of two lines. */
export const room: Insets = { top: 60, right: 84, bottom: 136, left: 392 }
export const roomBesidePanel: Insets = { ...room, right: 448, top: 104 }

/** So far a map goes in by itself: a few streets. */
export const fitZoomMax = 14

const railPx = 64
const barPx = 52

/** The map of the desk: all but the rail and the bar. */
const deskSize = (): Size => ({ width: innerWidth - railPx, height: innerHeight - barPx })

/** Around all there is, or the area of the URL. */
export function allOf(
  { bbox }: Pick<MapSearch, 'bbox'>,
  world: Places | undefined,
): Box | null | undefined {
  const [west, south, east, north] = bbox ?? []
  if (west !== undefined && south !== undefined && east !== undefined && north !== undefined) {
    return [west, south, east, north]
  }
  return world && around([...world.points, ...world.clusters])
}

interface Places {
  readonly points: readonly { readonly latitude: number; readonly longitude: number }[]
  readonly clusters: readonly { readonly latitude: number; readonly longitude: number }[]
}

/** What the map shows first, and from where. */
export interface FirstView extends View {
  readonly camera: Camera
}

/**
 * What the map will show first, for which it need not be there yet. null: only the map can tell, as on the
 * phone.
 */
export function firstView(search: MapSearch, world: VisitMap): FirstView | null {
  if (isPhone()) return null
  const size = deskSize()
  const camera = cameraAt(search, size) ?? cameraOn(search, world, size)
  if (!camera) return null
  const seen = seenFrom(camera, size, covered)
  return { camera, seen, part: widePart(seen) }
}

function cameraAt({ at }: MapSearch, size: Size): Camera | null {
  const [latitude, longitude, zoom] = at ?? []
  if (latitude === undefined || longitude === undefined || zoom === undefined) return null
  const camera = { latitude, longitude, zoom }
  return isFree(camera, size) ? camera : null
}

function cameraOn(search: MapSearch, world: VisitMap, size: Size): Camera | null {
  if (search.at) return null
  const all = allOf(search, world)
  const padding = search.visit === undefined ? room : roomBesidePanel
  return all ? cameraAround(all, size, padding, fitZoomMax) : null
}
