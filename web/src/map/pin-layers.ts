import { mapFont, mapPalette, type MapTheme } from '@doorstep/contract/map-palette'
import type { Feature, FeatureCollection } from 'geojson'
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl'

import { isPhone } from '../parts/is-phone.ts'
import { zoomMax } from './camera.ts'
import { drawDonut, shareParts } from './donuts.ts'
import type { Picture } from './drawing.ts'
import type { Overlay } from './engine.ts'
import { type MapCluster, type MapPin, type MapPins, noLook } from './map-pins.ts'
import { type Badge, drawPin, type PinLook } from './pins.ts'

export const pinSource = 'doorstep-visits'
const clusterSource = 'doorstep-clusters'

/** Layers whose features a click may mean. */
export const pinLayers = {
  pins: 'doorstep-pins',
  /** Of those that this page has put together. */
  clusters: 'doorstep-donuts-here',
  serverClusters: 'doorstep-donuts',
} as const

const clusterRadius = 66
/** From here on pins have names, where they come with one. */
export const nameZoom = 14
/** There are fewer of them on a phone. */
const phoneNameZoom = 13.5

const semibold = [`${mapFont} SemiBold`, mapFont]

/** Places of pins, which are read by the map only where they have changed. */
interface Places {
  readonly pins: FeatureCollection
  readonly clusters: FeatureCollection
}

export const placesOf = ({ pins, clusters, looks }: MapPins): Places => ({
  pins: pointsOf(pins),
  clusters: clustersOf(clusters, looks.length),
})

/**
 * Pins, and many of them as rings of shares. Pins are put together here; clusters come from the server,
 * where there are more than can be sent. The pin with the key `selected` is drawn by somebody else.
 */
export function pinOverlay(
  looks: readonly PinLook[],
  places: Places,
  selected: string | null = null,
): Overlay {
  const look = nameOf(looks)
  return {
    sources: {
      [pinSource]: {
        type: 'geojson',
        data: places.pins,
        maxzoom: zoomMax + 2,
        cluster: true,
        clusterRadius,
        clusterMaxZoom: zoomMax,
        clusterProperties: Object.fromEntries(
          [...looks.keys(), noLook].map((at) => [
            share(at),
            ['+', ['case', ['==', ['get', 'look'], at], 1, 0]],
          ]),
        ),
      },
      [clusterSource]: { type: 'geojson', data: places.clusters },
    },
    layers: (theme) => [
      pinLayer(look, theme, selected),
      donutLayer(pinLayers.clusters, pinSource, looks, look, theme),
      donutLayer(pinLayers.serverClusters, clusterSource, looks, look, theme),
    ],
    draw: (id) => draw(id, looks, look),
  }
}

const share = (at: number): string => `share${at}`

/** Pictures of other looks must have other names. */
const nameOf = (looks: readonly PinLook[]): string =>
  `doorstep ${looks.map(({ colour, icon, isHollow }) => `${colour}${icon ?? ''}${isHollow ? '-' : ''}`).join(',')}`

const pointsOf = (pins: readonly MapPin[]): FeatureCollection =>
  collection(
    pins.map(({ key, longitude, latitude, look, badge, name }) => ({
      type: 'Feature',
      properties: { key, look, badge: badge ?? '', ...(name !== undefined && { name }) },
      geometry: { type: 'Point', coordinates: [longitude, latitude] },
    })),
  )

const clustersOf = (clusters: readonly MapCluster[], looks: number): FeatureCollection =>
  collection(
    clusters.map(({ longitude, latitude, count, shares, bbox }) => {
      const known = Array.from({ length: looks }, (_, at) => [share(at), shares[at] ?? 0] as const)
      const rest = count - known.reduce((sum, [, visits]) => sum + visits, 0)
      return {
        type: 'Feature',
        properties: {
          point_count: count,
          bbox: bbox.join(),
          ...Object.fromEntries(known),
          [share(noLook)]: rest,
        },
        geometry: { type: 'Point', coordinates: [longitude, latitude] },
      }
    }),
  )

const collection = (features: Feature[]): FeatureCollection => ({
  type: 'FeatureCollection',
  features,
})

const pinLayer = (look: string, theme: MapTheme, selected: string | null): LayerSpecification => ({
  id: pinLayers.pins,
  type: 'symbol',
  source: pinSource,
  filter: ['!', ['has', 'point_count']],
  layout: {
    'icon-image': [
      'concat',
      `${look}|${theme}|pin|`,
      ['to-string', ['get', 'look']],
      '|',
      ['get', 'badge'],
    ],
    'icon-allow-overlap': true,
    'icon-padding': 0,
    'text-field': [
      'step',
      ['zoom'],
      '',
      isPhone() ? phoneNameZoom : nameZoom,
      ['coalesce', ['get', 'name'], ''],
    ],
    'text-font': [mapFont],
    'text-size': isPhone() ? 14 : 12,
    'text-anchor': 'top',
    'text-offset': [0, 1.3],
    'text-optional': true,
    'text-max-width': 9,
  },
  paint: {
    'icon-opacity': ['case', ['==', ['get', 'key'], selected ?? ''], 0, 1],
    'text-color': mapPalette[theme].faintInk,
    'text-halo-color': mapPalette[theme].land,
    'text-halo-width': 1.5,
  },
})

function donutLayer(
  id: string,
  source: string,
  looks: readonly PinLook[],
  look: string,
  theme: MapTheme,
): LayerSpecification {
  const count: ExpressionSpecification = ['get', 'point_count']
  const radius: ExpressionSpecification = ['round', ['+', 17, ['*', 6.5, ['log10', count]]]]
  const parts = [...looks.keys(), noLook].flatMap((at): (string | ExpressionSpecification)[] => [
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

const badges: readonly Badge[] = ['verified', 'unknown', 'far', 'off', 'waiting']

/** Draws a picture that a layer asks for by its name. */
function draw(name: string, looks: readonly PinLook[], look: string): Picture | undefined {
  if (!name.startsWith(`${look}|`)) return undefined
  const [theme, kind, first = '', second = ''] = name.slice(look.length + 1).split('|')
  if (theme !== 'light' && theme !== 'dark') return undefined
  if (kind === 'pin') {
    const badge = badges.find((each) => each === second)
    return drawPin(looks[Number(first)] ?? null, badge ?? null, theme)
  }
  const [, ...parts] = second.split('.')
  const shares = parts.map((text, at) => ({
    colour: looks[at]?.colour ?? mapPalette[theme].noOutcome,
    parts: Number(text),
    isHollow: looks[at] === undefined,
  }))
  return drawDonut(Number(first), shares, theme)
}
