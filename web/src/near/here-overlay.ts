import { mapPalette, type MapTheme } from '@doorstep/contract/map-palette'
import type { Feature } from 'geojson'
import type { LayerSpecification } from 'maplibre-gl'

import type { Overlay } from '../map/engine.ts'
import {
  circleAround,
  lineBetween,
  lineLabel,
  pointAt,
  radiusLayers,
  sourceOf,
} from '../map/overlay-parts.ts'
import type { Fix } from '../offline/fixes.ts'
import { metres } from '../texts/format.ts'

interface Place {
  readonly latitude: number
  readonly longitude: number
}

export interface HereDrawn {
  readonly fix: Fix | null
  /** The customer whose radius is drawn, and the line to it. */
  readonly ring: { readonly place: Place; readonly radiusM: number } | null
  /** Metres that stand on the line from the phone to the ring's middle; null: no line. */
  readonly lineM: number | null
}

const sources = {
  ring: 'doorstep-near-ring',
  sure: 'doorstep-near-sure',
  line: 'doorstep-near-line',
  fix: 'doorstep-near-fix',
} as const

function lineOf({ fix, ring, lineM }: HereDrawn): Feature[] {
  if (!fix || !ring || lineM === null) return []
  return [lineBetween(ring.place, fix, { text: metres(lineM) })]
}

/** Where the phone is and how sure that is, and the radius of one customer, at the scale of the map. */
export function hereOverlay(drawn: HereDrawn): Overlay {
  const { fix, ring } = drawn
  return {
    sources: {
      [sources.ring]: sourceOf(ring ? [circleAround(ring.place, ring.radiusM)] : []),
      [sources.sure]: sourceOf(fix ? [circleAround(fix, fix.accuracy)] : []),
      [sources.line]: sourceOf(lineOf(drawn)),
      [sources.fix]: sourceOf(fix ? [pointAt(fix)] : []),
    },
    layers: groundOf,
    above: aboveOf,
    draw: () => undefined,
  }
}

function groundOf(theme: MapTheme): LayerSpecification[] {
  const colours = mapPalette[theme]
  return [
    ...radiusLayers('near', sources.ring, theme),
    {
      id: 'doorstep-near-sure',
      type: 'fill',
      source: sources.sure,
      paint: { 'fill-color': colours.accent, 'fill-opacity': 0.16 },
    },
    {
      id: 'doorstep-near-sure-ring',
      type: 'line',
      source: sources.sure,
      paint: { 'line-color': colours.accent, 'line-opacity': 0.45, 'line-width': 1 },
    },
    {
      id: 'doorstep-near-line',
      type: 'line',
      source: sources.line,
      layout: { 'line-cap': 'round' },
      paint: {
        'line-color': colours.faintInk,
        'line-width': 2.2,
        'line-dasharray': [0.4, 2.4],
      },
    },
  ]
}

/** Where the phone is must be seen among pins and clusters. */
function aboveOf(theme: MapTheme): LayerSpecification[] {
  const colours = mapPalette[theme]
  return [
    {
      id: 'doorstep-near-fix',
      type: 'circle',
      source: sources.fix,
      paint: {
        'circle-radius': 7.5,
        'circle-color': colours.accent,
        'circle-stroke-color': colours.surface,
        'circle-stroke-width': 3,
      },
    },
    {
      id: 'doorstep-near-metres',
      type: 'symbol',
      source: sources.line,
      layout: lineLabel(15),
      paint: {
        'text-color': colours.ink,
        'text-halo-color': colours.land,
        'text-halo-width': 4,
      },
    },
  ]
}
