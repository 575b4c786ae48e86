import { mapFont, type GroundColours, streetZoom } from '@doorstep/contract/map-palette'

import type { StyleLayer } from './styles.ts'

const byZoom = (...stops: readonly unknown[]) => ['interpolate', ['linear'], ['zoom'], ...stops]

const people = ['get', 'p']
const byPeople = (...stops: readonly unknown[]) => [
  'interpolate',
  ['linear'],
  ['log10', people],
  ...stops,
]

/** Where the coast begins to fade, since a closer look would show how far it is off. */
const fadeZoom = 9.5
const fading = (full: number, until: number) => byZoom(full, 1, until, 0)

/** The style of the map that the server brings: land, water and names down to villages. */
export const worldLayers = (source: string, colours: GroundColours): StyleLayer[] => [
  {
    id: 'ground',
    type: 'background',
    paint: {
      'background-color': byZoom(fadeZoom, colours.water, streetZoom, colours.land),
    },
  },
  {
    id: 'land',
    type: 'fill',
    source,
    'source-layer': 'land',
    maxzoom: 12,
    // NOTE: smooth edges would show the seams between countries.
    paint: { 'fill-color': colours.land, 'fill-antialias': false },
  },
  {
    id: 'lake',
    type: 'fill',
    source,
    'source-layer': 'lake',
    maxzoom: streetZoom,
    paint: { 'fill-color': colours.water, 'fill-opacity': fading(fadeZoom, streetZoom) },
  },
  ...lines(source, colours),
  {
    id: 'place-dot',
    type: 'circle',
    source,
    'source-layer': 'place',
    minzoom: 5,
    maxzoom: 12.5,
    filter: ['<=', ['get', 'z'], ['zoom']],
    paint: {
      'circle-radius': 1.5,
      'circle-color': colours.dot,
      'circle-opacity': fading(11, 12.5),
    },
  },
  placeNames(source, colours),
]

const lines = (source: string, colours: GroundColours): StyleLayer[] => [
  {
    id: 'river',
    type: 'line',
    source,
    'source-layer': 'river',
    minzoom: 3.5,
    maxzoom: 11,
    paint: {
      'line-color': colours.river,
      'line-width': byZoom(4, 0.5, 9, 2),
      'line-opacity': fading(9, 11),
    },
  },
  {
    id: 'state',
    type: 'line',
    source,
    'source-layer': 'state',
    minzoom: 3,
    maxzoom: 12,
    paint: {
      'line-color': colours.state,
      'line-width': 0.75,
      'line-dasharray': [3, 2],
      'line-opacity': fading(10, 12),
    },
  },
  {
    id: 'coast',
    type: 'line',
    source,
    'source-layer': 'coast',
    maxzoom: streetZoom,
    paint: {
      'line-color': colours.coast,
      'line-width': byZoom(2, 0.5, 6, 0.9, 9, 1.3),
      'line-opacity': fading(fadeZoom, streetZoom),
    },
  },
  {
    id: 'border',
    type: 'line',
    source,
    'source-layer': 'border',
    maxzoom: 12,
    layout: { 'line-join': 'round' },
    paint: {
      'line-color': colours.border,
      'line-width': byZoom(2, 0.5, 6, 1),
      'line-dasharray': [3.5, 2],
      'line-opacity': fading(10, 12),
    },
  },
]

const placeNames = (source: string, colours: GroundColours): StyleLayer => ({
  id: 'place',
  type: 'symbol',
  source,
  'source-layer': 'place',
  minzoom: 2,
  filter: ['any', ['<=', ['get', 'z'], ['zoom']], ['>=', ['zoom'], 9]],
  layout: {
    'text-field': ['get', 'n'],
    'text-font': [mapFont],
    'symbol-sort-key': ['-', 0, people],
    'text-size': byZoom(
      3,
      byPeople(5, 10.5, 7, 12),
      8,
      byPeople(3.3, 10.5, 6, 15),
      13,
      byPeople(3.3, 13, 6, 21),
    ),
    'text-variable-anchor-offset': [
      'top',
      [0, 0.3],
      'bottom',
      [0, -0.3],
      'right',
      [-0.45, 0],
      'left',
      [0.45, 0],
    ],
    'text-justify': 'auto',
    'text-padding': 8,
    'text-letter-spacing': 0.01,
    'text-max-width': 8,
  },
  paint: {
    'text-color': byPeople(4, colours.label, 6, colours.labelMajor),
    'text-halo-color': colours.land,
    'text-halo-width': 1.5,
    'text-opacity': byZoom(12.5, 1, 15, 0.4),
  },
})
