import { mapFont, mapPalette, type MapTheme } from '@doorstep/contract/map-palette'
import type * as contract from '@doorstep/contract/maps'
import type { Feature, FeatureCollection } from 'geojson'
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl'

import { drawDonut, shareParts } from './donuts.ts'
import type { Picture } from './drawing.ts'
import type { Overlay } from './engine.ts'
import { type Badge, drawPin, type MapOutcome } from './pins.ts'

/** What `GET /v2/map/visits` answers. */
export type VisitMap = contract.VisitMap

export const visitSource = 'doorstep-visits'
export const clusterSource = 'doorstep-clusters'

/** Layers whose features a click may mean. */
export const visitLayers = { pins: 'doorstep-pins', clusters: 'doorstep-donuts' } as const

/** Closer than this, a cluster is a list of those at one door. */
const clusterZoomMax = 16
const clusterRadius = 52
/** From here on pins have names, where they come with one. */
const nameZoom = 14

const badges: Readonly<Record<VisitMap['points'][number]['status'], Badge>> = {
  verified: 'verified',
  location_unknown: 'unknown',
  resource_location_too_far: 'far',
  location_services_disabled: 'off',
}

const semibold = [`${mapFont} SemiBold`, mapFont]

/**
 * Visits as pins, and many of them as rings of outcomes. Points are clustered here; clusters come from
 * the server, where there are more than can be sent.
 */
export function visitOverlay(map: VisitMap, outcomes: readonly MapOutcome[]): Overlay {
  const look = newLook(outcomes)
  return {
    sources: {
      [visitSource]: {
        type: 'geojson',
        data: pointsOf(map, outcomes),
        cluster: true,
        clusterRadius,
        clusterMaxZoom: clusterZoomMax,
        clusterProperties: Object.fromEntries(
          [...outcomes.keys(), none].map((at) => [
            share(at),
            ['+', ['case', ['==', ['get', 'outcome'], at], 1, 0]],
          ]),
        ),
      },
      [clusterSource]: { type: 'geojson', data: clustersOf(map, outcomes) },
    },
    layers: (theme) => [
      pinLayer(look, theme),
      donutLayer(`${visitLayers.clusters}-here`, visitSource, outcomes, look, theme),
      donutLayer(visitLayers.clusters, clusterSource, outcomes, look, theme),
    ],
    draw: (id) => draw(id, outcomes, look),
  }
}

/** The place in `outcomes` of a visit that has none. */
const none = -1
const share = (at: number): string => `share${at}`

/** Pictures of other outcomes must have other names. */
const newLook = (outcomes: readonly MapOutcome[]): string =>
  `doorstep ${outcomes.map(({ id, colour, icon }) => `${id}${colour}${icon ?? ''}`).join(',')}`

function pointsOf({ points }: VisitMap, outcomes: readonly MapOutcome[]): FeatureCollection {
  const places = new Map(outcomes.map(({ id }, at) => [id, at]))
  return collection(
    points.map(({ id, longitude, latitude, outcome_id, status }) => ({
      type: 'Feature',
      properties: {
        id,
        outcome: outcome_id === null ? none : (places.get(outcome_id) ?? none),
        badge: badges[status],
      },
      geometry: { type: 'Point', coordinates: [longitude, latitude] },
    })),
  )
}

function clustersOf({ clusters }: VisitMap, outcomes: readonly MapOutcome[]): FeatureCollection {
  return collection(
    clusters.map(({ longitude, latitude, count, outcomes: counts, bbox }) => {
      const known = outcomes.map(({ id }, at) => [share(at), counts[String(id)] ?? 0] as const)
      const rest = count - known.reduce((sum, [, visits]) => sum + visits, 0)
      return {
        type: 'Feature',
        properties: { point_count: count, bbox, ...Object.fromEntries(known), [share(none)]: rest },
        geometry: { type: 'Point', coordinates: [longitude, latitude] },
      }
    }),
  )
}

const collection = (features: Feature[]): FeatureCollection => ({
  type: 'FeatureCollection',
  features,
})

const pinLayer = (look: string, theme: MapTheme): LayerSpecification => ({
  id: visitLayers.pins,
  type: 'symbol',
  source: visitSource,
  filter: ['!', ['has', 'point_count']],
  layout: {
    'icon-image': [
      'concat',
      `${look}|${theme}|pin|`,
      ['to-string', ['get', 'outcome']],
      '|',
      ['get', 'badge'],
    ],
    'icon-allow-overlap': true,
    'icon-padding': 0,
    'text-field': ['step', ['zoom'], '', nameZoom, ['coalesce', ['get', 'name'], '']],
    'text-font': [mapFont],
    'text-size': 12,
    'text-anchor': 'top',
    'text-offset': [0, 1.3],
    'text-optional': true,
    'text-max-width': 9,
  },
  paint: {
    'text-color': mapPalette[theme].faintInk,
    'text-halo-color': mapPalette[theme].land,
    'text-halo-width': 1.5,
  },
})

function donutLayer(
  id: string,
  source: string,
  outcomes: readonly MapOutcome[],
  look: string,
  theme: MapTheme,
): LayerSpecification {
  const count: ExpressionSpecification = ['get', 'point_count']
  const radius: ExpressionSpecification = ['round', ['+', 17, ['*', 6.5, ['log10', count]]]]
  const parts = [...outcomes.keys(), none].flatMap((at): (string | ExpressionSpecification)[] => [
    '.',
    ['to-string', ['round', ['/', ['*', shareParts, ['get', share(at)]], count]]],
  ])
  return {
    id,
    type: 'symbol',
    source,
    filter: ['has', 'point_count'],
    layout: {
      'icon-image': ['concat', `${look}|${theme}|donut|`, ['to-string', radius], '|', ...parts],
      'icon-allow-overlap': true,
      'icon-padding': 0,
      'symbol-sort-key': count,
      'text-field': ['number-format', count, {}],
      'text-font': semibold,
      'text-size': ['interpolate', ['linear'], ['log10', count], 0.3, 12, 3, 13.5],
      'text-allow-overlap': true,
      'text-padding': 0,
    },
    paint: { 'text-color': mapPalette[theme].ink },
  }
}

/** Draws a picture that a layer asks for by its name. */
function draw(name: string, outcomes: readonly MapOutcome[], look: string): Picture | undefined {
  if (!name.startsWith(`${look}|`)) return undefined
  const [theme, kind, first = '', second = ''] = name.slice(look.length + 1).split('|')
  if (theme !== 'light' && theme !== 'dark') return undefined
  if (kind === 'pin') {
    const badge = Object.values(badges).find((each) => each === second)
    return drawPin(outcomes[Number(first)] ?? null, badge ?? null, theme)
  }
  const [, ...parts] = second.split('.')
  const shares = parts.map((text, at) => ({
    colour: outcomes[at]?.colour ?? mapPalette[theme].noOutcome,
    parts: Number(text),
  }))
  return drawDonut(Number(first), shares, theme)
}
