import { mapPalette } from '@doorstep/contract/map-palette'

import type { Overlay } from '../map/engine.ts'
import type { Place } from '../map/movable-pin.ts'

const name = 'doorstep-places'

/** Where visits were, as dots. */
export const placeDots = (places: readonly Place[]): Overlay => ({
  sources: {
    [name]: {
      type: 'geojson',
      data: {
        type: 'FeatureCollection',
        features: places.map(({ longitude, latitude }) => ({
          type: 'Feature',
          properties: {},
          geometry: { type: 'Point', coordinates: [longitude, latitude] },
        })),
      },
    },
  },
  layers: (theme) => [
    {
      id: name,
      type: 'circle',
      source: name,
      paint: {
        'circle-radius': 4.5,
        'circle-color': mapPalette[theme].accent,
        'circle-stroke-color': mapPalette[theme].surface,
        'circle-stroke-width': 1.75,
      },
    },
  ],
  draw: () => undefined,
})
