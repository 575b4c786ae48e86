import { mapPalette } from '@doorstep/contract/map-palette'
import type { FeatureCollection } from 'geojson'

import type { Overlay } from './engine.ts'
import { seeThrough } from './palette.ts'
import type { MapPins } from './pin-layers.ts'

const heatSource = 'doorstep-heat'

/** How much each place weighs: a pin is one, a cluster as many as stand there. */
export function weightsOf({ pins, clusters }: MapPins): FeatureCollection {
  const places = [
    ...pins.map((pin) => ({ ...pin, count: 1 })),
    ...clusters.map((cluster) => ({ ...cluster })),
  ]
  return {
    type: 'FeatureCollection',
    features: places.map(({ longitude, latitude, count }) => ({
      type: 'Feature',
      properties: { count },
      geometry: { type: 'Point', coordinates: [longitude, latitude] },
    })),
  }
}

/** Where most of it is. */
export const heatOverlay = (weights: FeatureCollection): Overlay => ({
  sources: { [heatSource]: { type: 'geojson', data: weights } },
  layers: (theme) => {
    const { accent } = mapPalette[theme]
    return [
      {
        id: heatSource,
        type: 'heatmap',
        source: heatSource,
        paint: {
          'heatmap-weight': ['interpolate', ['linear'], ['log10', ['get', 'count']], 0, 0.12, 4, 1],
          'heatmap-radius': ['interpolate', ['linear'], ['zoom'], 2, 12, 8, 26, 14, 44],
          'heatmap-intensity': ['interpolate', ['linear'], ['zoom'], 2, 0.8, 9, 1.2, 15, 2.2],
          'heatmap-opacity': 0.9,
          'heatmap-color': [
            'interpolate',
            ['linear'],
            ['heatmap-density'],
            0,
            seeThrough(accent, 0),
            0.15,
            seeThrough(accent, 0.16),
            0.5,
            seeThrough(accent, 0.5),
            1,
            seeThrough(accent, 0.92),
          ],
        },
      },
    ]
  },
  draw: () => undefined,
})
