import { mapFont, mapPalette, type MapTheme } from '@doorstep/contract/map-palette'
import type { Feature, FeatureCollection } from 'geojson'
import type { LayerSpecification, SourceSpecification } from 'maplibre-gl'

import { ringAround } from './places.ts'

interface Place {
  readonly latitude: number
  readonly longitude: number
}

const at = ({ longitude, latitude }: Place): [number, number] => [longitude, latitude]

/** Features as a source in which circles stay round when one is close. */
export const sourceOf = (features: Feature[]): SourceSpecification => {
  const data: FeatureCollection = { type: 'FeatureCollection', features }
  return { type: 'geojson', data, tolerance: 0 }
}

export const pointAt = (place: Place, properties: object = {}): Feature => ({
  type: 'Feature',
  properties: { ...properties },
  geometry: { type: 'Point', coordinates: at(place) },
})

/** A circle in metres, at the scale of the map. */
export const circleAround = (place: Place, radiusM: number): Feature => ({
  type: 'Feature',
  properties: {},
  geometry: { type: 'Polygon', coordinates: [ringAround(place, radiusM)] },
})

export const lineBetween = (from: Place, to: Place, properties: object): Feature => ({
  type: 'Feature',
  properties: { ...properties },
  geometry: { type: 'LineString', coordinates: [at(from), at(to)] },
})

/** How far a visit may be from the customer: a disc with a dashed ring. */
export function radiusLayers(name: string, source: string, theme: MapTheme): LayerSpecification[] {
  const colours = mapPalette[theme]
  return [
    {
      id: `doorstep-${name}-radius`,
      type: 'fill',
      source,
      paint: { 'fill-color': colours.ink, 'fill-opacity': 0.05, 'fill-antialias': false },
    },
    {
      id: `doorstep-${name}-ring`,
      type: 'line',
      source,
      paint: { 'line-color': colours.faintInk, 'line-width': 1.3, 'line-dasharray': [3, 3] },
    },
  ]
}

/** What stands on the middle of a line. */
export const lineLabel = (sizePx: number) =>
  ({
    'symbol-placement': 'line-center',
    'text-field': ['get', 'text'],
    'text-font': [`${mapFont} SemiBold`, mapFont],
    'text-size': sizePx,
    'text-allow-overlap': true,
  }) satisfies Extract<LayerSpecification, { type: 'symbol' }>['layout']
