import { mapPalette } from '@doorstep/contract/map-palette'
import type { FeatureCollection } from 'geojson'

import type { Overlay } from './engine.ts'
import type { MapPins } from './map-pins.ts'
import { seeThrough } from './palette.ts'

const heatSource = 'doorstep-heat'
const radiusPx = 30
/** The share of a place's weight that its middle gets. */
const middleShare = 0.4
const zooms = [1, 3, 5, 7, 9, 11, 13, 15, 17]
const tilePx = 512

export interface Heat {
  readonly places: FeatureCollection
  /** At each of the zooms, how much stands close together where most does. */
  readonly peaks: readonly number[]
}

/** How much each place weighs: a pin is one, a cluster as many as stand there. */
export function heatOf({ pins, clusters }: MapPins): Heat {
  const all = [...pins.map((pin) => ({ ...pin, count: 1 })), ...clusters]
  return {
    places: {
      type: 'FeatureCollection',
      features: all.map(({ longitude, latitude, count }) => ({
        type: 'Feature',
        properties: { count },
        geometry: { type: 'Point', coordinates: [longitude, latitude] },
      })),
    },
    peaks: zooms.map((zoom) => {
      const cell = (360 * radiusPx) / (tilePx * 2 ** zoom)
      const cells = new Map<string, number>()
      for (const { longitude, latitude, count } of all) {
        const key = `${Math.round(longitude / cell)} ${Math.round((latitude * 1.5) / cell)}`
        cells.set(key, (cells.get(key) ?? 0) + count)
      }
      return Math.max(1, ...cells.values())
    }),
  }
}

/** Where most of it is, which has the strongest colour at every zoom. */
export const heatOverlay = ({ places, peaks }: Heat): Overlay => ({
  sources: { [heatSource]: { type: 'geojson', data: places } },
  layers: (theme) => {
    const { accent } = mapPalette[theme]
    return [
      {
        id: heatSource,
        type: 'heatmap',
        source: heatSource,
        paint: {
          'heatmap-weight': ['get', 'count'],
          'heatmap-radius': radiusPx,
          'heatmap-intensity': [
            'interpolate',
            ['linear'],
            ['zoom'],
            ...zooms.flatMap((zoom, at) => [zoom, 1 / (middleShare * (peaks[at] ?? 1))]),
          ],
          'heatmap-opacity': 0.9,
          'heatmap-color': [
            'interpolate',
            ['linear'],
            ['heatmap-density'],
            0,
            seeThrough(accent, 0),
            0.08,
            seeThrough(accent, 0.2),
            0.5,
            seeThrough(accent, 0.55),
            1,
            seeThrough(accent, 0.92),
          ],
        },
      },
    ]
  },
  draw: () => undefined,
})
