import type { MapTheme } from '@doorstep/contract/map-palette'
import { mapPalette } from '@doorstep/contract/map-palette'
import type { FeatureCollection, Position } from 'geojson'
import type { LayerSpecification } from 'maplibre-gl'

/** From here on the grid is in metres; before, in degrees. */
const metricZoom = 11
const metreSteps = [10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000]
const degreeSteps = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20]
const metrePixelsMin = 60
const degreePixelsMin = 130
/** Every fifth line is stronger. */
const strongEvery = 5

const metresPerDegree = 111_320
const earthM = 40_075_016.7
const tileSize = 512
const latitudeMax = 85

export interface View {
  readonly zoom: number
  readonly latitude: number
  readonly west: number
  readonly south: number
  readonly east: number
  readonly north: number
}

/** How many metres a pixel of the map is at a latitude. */
export const metresPerPixel = (zoom: number, latitude: number): number =>
  (earthM * Math.cos((latitude * Math.PI) / 180)) / (tileSize * 2 ** zoom)

/** Lines at round distances. They keep their place while the map moves. */
export function gridOf(view: View): FeatureCollection {
  const { longitude, latitude } = stepOf(view)
  const [south, north] = [Math.max(view.south, -latitudeMax), Math.min(view.north, latitudeMax)]
  const lines = [
    ...multiples(view.west, view.east, longitude).map(({ at, isStrong }) =>
      line([at, south], [at, north], isStrong),
    ),
    ...multiples(south, north, latitude).map(({ at, isStrong }) =>
      line([view.west, at], [view.east, at], isStrong),
    ),
  ]
  return { type: 'FeatureCollection', features: lines }
}

/** The distance of lines in degrees. */
function stepOf({ zoom, latitude }: View): { longitude: number; latitude: number } {
  if (zoom < metricZoom) {
    const degrees = firstOf(degreeSteps, (degreePixelsMin * 360) / (tileSize * 2 ** zoom))
    return { longitude: degrees, latitude: degrees }
  }
  const metres = firstOf(metreSteps, metrePixelsMin * metresPerPixel(zoom, latitude))
  // NOTE: one latitude for a quarter of a degree, or lines would creep while the map moves north.
  const near = (Math.round(latitude * 4) / 4) * (Math.PI / 180)
  return {
    longitude: metres / (metresPerDegree * Math.cos(near)),
    latitude: metres / metresPerDegree,
  }
}

const firstOf = (steps: readonly number[], least: number): number =>
  steps.find((step) => step >= least) ?? steps.at(-1) ?? 1

function multiples(from: number, to: number, step: number) {
  const first = Math.ceil(from / step)
  const count = Math.max(0, Math.floor(to / step) - first + 1)
  return Array.from({ length: count }, (_, at) => ({
    at: (first + at) * step,
    isStrong: (first + at) % strongEvery === 0,
  }))
}

const line = (from: Position, to: Position, isStrong: boolean) => ({
  type: 'Feature' as const,
  properties: { m: isStrong },
  geometry: { type: 'LineString' as const, coordinates: [from, to] },
})

export const gridSource = 'doorstep-grid'

export const gridLayer = (theme: MapTheme): LayerSpecification => ({
  id: gridSource,
  type: 'line',
  source: gridSource,
  paint: {
    'line-color': mapPalette[theme].grid,
    'line-width': ['case', ['get', 'm'], 0.9, 0.6],
    'line-opacity': [
      'interpolate',
      ['linear'],
      ['zoom'],
      2,
      ['case', ['get', 'm'], 0.1, 0.05],
      9,
      ['case', ['get', 'm'], 0.16, 0.09],
      12,
      ['case', ['get', 'm'], 0.3, 0.17],
    ],
  },
})
