import { mapFont, mapPalette, type MapTheme } from '@doorstep/contract/map-palette'
import type { LayerSpecification } from 'maplibre-gl'

import type { Overlay } from '../map/engine.ts'
import { lineBetween, lineLabel, pointAt, sourceOf } from '../map/overlay-parts.ts'
import { drawPill, onPill } from '../map/pill.ts'
import { metresBetween } from '../map/places.ts'
import { metres } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import type { Point } from './preview.ts'

const words = texts.log.pin
const sources = { line: 'doorstep-pin-line', names: 'doorstep-pin-names' } as const

/** On a way that is shorter, in radii, there is no room for metres between the pins. */
const roomyRadii = 1.5

/** The way from the saved pin to the new one, and what each is. */
export function pinOverlay(saved: Point | null, place: Point | null, radiusM: number): Overlay {
  const m = saved && place ? metresBetween(saved, place) : 0
  const text = m > roomyRadii * radiusM ? metres(m) : ''
  const line = saved && place ? [lineBetween(saved, place, { text })] : []
  const names = [
    ...(saved ? [pointAt(saved, { name: words.saved, isNew: false })] : []),
    ...(place ? [pointAt(place, { name: words.dragMe, isNew: true })] : []),
  ]
  return {
    sources: { [sources.line]: sourceOf(line), [sources.names]: sourceOf(names) },
    layers: layersOf,
    draw: drawPill,
  }
}

function layersOf(theme: MapTheme): LayerSpecification[] {
  const colours = mapPalette[theme]
  return [
    {
      id: 'doorstep-pin-line',
      type: 'line',
      source: sources.line,
      layout: { 'line-cap': 'round' },
      paint: {
        'line-color': colours.faintInk,
        'line-width': 2.2,
        'line-dasharray': [0.4, 2.4],
      },
    },
    {
      id: 'doorstep-pin-names',
      type: 'symbol',
      source: sources.names,
      layout: {
        'text-field': ['get', 'name'],
        'text-font': [`${mapFont} SemiBold`, mapFont],
        'text-size': 14,
        'text-anchor': 'top',
        'text-offset': [0, 0.8],
        'symbol-sort-key': ['case', ['get', 'isNew'], 0, 1],
      },
      paint: {
        'text-color': ['case', ['get', 'isNew'], colours.ink, colours.faintInk],
        'text-halo-color': colours.land,
        'text-halo-width': 2,
      },
    },
    {
      id: 'doorstep-pin-metres',
      type: 'symbol',
      source: sources.line,
      filter: ['!=', ['get', 'text'], ''],
      layout: { ...lineLabel(15), ...onPill(15, theme) },
      paint: { 'text-color': colours.ink },
    },
  ]
}
