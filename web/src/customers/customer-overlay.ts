import type { VerificationStatus } from '@doorstep/contract/findings'
import { mapFont, mapPalette, type MapTheme } from '@doorstep/contract/map-palette'
import type { Feature } from 'geojson'
import type { LayerSpecification } from 'maplibre-gl'

import type { KnownOutcome } from '../api/visit-outcomes.ts'
import type { Overlay } from '../map/engine.ts'
import {
  circleAround,
  lineBetween,
  lineLabel,
  pointAt,
  radiusLayers,
  sourceOf,
} from '../map/overlay-parts.ts'
import { drawPill, onPill } from '../map/pill.ts'
import { type Badge, drawPin } from '../map/pins.ts'
import { placeAt } from '../map/places.ts'
import { metres } from '../texts/format.ts'
import type { Degrees } from '../visits/mini-map-frame.ts'

/** A place with the radius within which a visit is verified. */
export interface DrawnPlace {
  readonly point: Degrees
  readonly radiusM: number
  readonly label: string
  /** The customer's own place and one that is proposed have a pin; the others have a dot. */
  readonly isMain: boolean
}

export interface DrawnVisit extends Degrees {
  readonly id: number
  readonly outcomeId: number | null
  readonly status: VerificationStatus
}

export interface DrawnLine {
  readonly from: Degrees
  readonly to: Degrees
  /** What stands at its end. */
  readonly label: string
  /** How far the visits reach that the label is below or above. */
  readonly labelM: number
  readonly isFar: boolean
  readonly m: number
}

export interface Drawn {
  readonly places: readonly DrawnPlace[]
  readonly visits: readonly DrawnVisit[]
  readonly lines: readonly DrawnLine[]
}

export const customerPins = 'doorstep-customer-visits'

/** Of a label from the middle of a pin, in its letters: clear of the pin and its badge. */
const pinGap = 3

const sources = {
  rings: 'doorstep-customer-rings',
  points: 'doorstep-customer-points',
  lines: 'doorstep-customer-lines',
  visits: customerPins,
} as const

const badges: Readonly<Record<VerificationStatus, Badge>> = {
  verified: 'verified',
  location_unknown: 'unknown',
  resource_location_too_far: 'far',
  location_services_disabled: 'off',
}

function pointsOf({ places, lines }: Drawn): Feature[] {
  return [
    ...places.map(({ point: at, radiusM, label }) =>
      pointAt(placeAt(at, 0, radiusM), { kind: 'label', label, gap: 0.4 }),
    ),
    ...places.filter(({ isMain }) => !isMain).map((place) => pointAt(place.point, { kind: 'dot' })),
    ...lines
      .filter(({ label }) => label !== '')
      .flatMap(({ from, to, label, labelM }) => {
        // Beyond the end, so that the line does not cross it.
        const isAbove = to.latitude > from.latitude
        return [
          pointAt(to, { kind: 'visits' }),
          pointAt(placeAt(to, 0, isAbove ? -labelM : labelM), {
            kind: 'label',
            label,
            gap: pinGap,
            isAbove,
          }),
        ]
      }),
  ]
}

/** Places, visits and the lines between at one scale, that of the map. */
export function customerOverlay(drawn: Drawn, outcomes: readonly KnownOutcome[]): Overlay {
  const looks = outcomes.map(({ id, color: colour, icon }) => ({ id, colour, icon }))
  const name = `customer ${looks.map((look) => `${look.id}${look.colour}${look.icon ?? ''}`).join()}`
  return {
    sources: {
      [sources.rings]: sourceOf(
        drawn.places.map(({ point, radiusM }) => circleAround(point, radiusM)),
      ),
      [sources.lines]: sourceOf(
        drawn.lines.map(({ from, to, isFar, m }) =>
          lineBetween(from, to, { isFar, text: metres(m) }),
        ),
      ),
      [sources.points]: sourceOf(pointsOf(drawn)),
      [sources.visits]: sourceOf(
        drawn.visits.map((visit, rank) =>
          pointAt(visit, {
            id: visit.id,
            rank: -rank,
            outcome: visit.outcomeId ?? 0,
            badge: badges[visit.status],
          }),
        ),
      ),
    },
    layers: (theme) => layersOf(name, theme),
    draw: (id) => {
      if (!id.startsWith(`${name}|`)) return drawPill(id)
      const [theme, outcome, badge] = id.slice(name.length + 1).split('|')
      const look = looks.find((each) => String(each.id) === outcome) ?? null
      const found = Object.values(badges).find((each) => each === badge) ?? null
      return drawPin(look, found, theme === 'dark' ? 'dark' : 'light')
    },
  }
}

function groundOf(theme: MapTheme): LayerSpecification[] {
  const colours = mapPalette[theme]
  return [
    ...radiusLayers('customer', sources.rings, theme),
    {
      id: 'doorstep-customer-line',
      type: 'line',
      source: sources.lines,
      layout: { 'line-cap': 'round' },
      paint: {
        'line-color': ['case', ['get', 'isFar'], colours.far, colours.faintInk],
        'line-width': 1.6,
        'line-dasharray': [0.6, 2.6],
      },
    },
    {
      id: 'doorstep-customer-dot',
      type: 'circle',
      source: sources.points,
      filter: ['==', ['get', 'kind'], 'dot'],
      paint: {
        'circle-radius': 5,
        'circle-color': colours.surface,
        'circle-stroke-color': colours.ink,
        'circle-stroke-width': 2,
      },
    },
    {
      id: 'doorstep-customer-seen',
      type: 'circle',
      source: sources.points,
      filter: ['==', ['get', 'kind'], 'visits'],
      paint: {
        'circle-radius': 5,
        'circle-color': colours.far,
        'circle-stroke-color': colours.surface,
        'circle-stroke-width': 2,
      },
    },
  ]
}

function layersOf(name: string, theme: MapTheme): LayerSpecification[] {
  const colours = mapPalette[theme]
  const halo = { 'text-halo-color': colours.land, 'text-halo-width': 2 }
  return [
    ...groundOf(theme),
    {
      id: customerPins,
      type: 'symbol',
      source: sources.visits,
      layout: {
        'icon-image': [
          'concat',
          `${name}|${theme}|`,
          ['to-string', ['get', 'outcome']],
          '|',
          ['get', 'badge'],
        ],
        'icon-allow-overlap': true,
        'icon-padding': 0,
        'symbol-sort-key': ['get', 'rank'],
      },
    },
    {
      id: 'doorstep-customer-label',
      type: 'symbol',
      source: sources.points,
      filter: ['==', ['get', 'kind'], 'label'],
      layout: {
        'text-field': ['get', 'label'],
        'text-font': [mapFont],
        'text-size': 11.5,
        'text-anchor': ['case', ['to-boolean', ['get', 'isAbove']], 'bottom', 'top'],
        'text-radial-offset': ['get', 'gap'],
        'text-max-width': 14,
      },
      paint: { 'text-color': colours.faintInk, ...halo },
    },
    {
      id: 'doorstep-customer-distance',
      type: 'symbol',
      source: sources.lines,
      layout: {
        ...lineLabel(12),
        ...onPill(12, theme),
      },
      paint: { 'text-color': ['case', ['get', 'isFar'], colours.far, colours.ink] },
    },
  ]
}
