import './movable-pin.css'
import { Marker } from 'maplibre-gl'

import { dropPath } from './drop-path.ts'
import type { MapEngine } from './engine.ts'
import { metresPerPixel } from './grid.ts'

/** Degrees, WGS 84. */
export interface Place {
  readonly latitude: number
  readonly longitude: number
}

interface MovablePinOptions {
  readonly place: Place
  /** Read aloud: what it is and how it is moved. */
  readonly name: string
  /** Drawn around it; null: none. */
  readonly radiusM: number | null
  /** While it is moved, and when it was moved. */
  readonly onMoved: (place: Place) => void
}

export interface MovablePin {
  readonly moveTo: (place: Place) => void
  readonly focus: () => void
  readonly remove: () => void
}

/** A drop whose tip is at 22, 47 of its picture. */
const drop = `<ellipse class="shadow" cx="22" cy="47.5" rx="7" ry="2.6"/>
  <path class="drop" d="${dropPath}"/>
  <circle class="hole" cx="22" cy="21" r="5.5"/>`

function picture(className: string): HTMLElement {
  const element = document.createElement('div')
  element.className = className
  element.innerHTML = `<svg width="44" height="54" viewBox="0 0 44 54" aria-hidden="true">${drop}</svg>`
  return element
}

// The marker stands on the end of its picture, and the tip is a little above it.
const standing = { anchor: 'bottom', offset: [0, 7] as [number, number] } as const

const stepPx = 4
const farStepPx = 40
const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** Puts a pin on the map that is dragged, or moved by the arrow keys, with Shift farther. */
export function movablePin({ map }: MapEngine, options: MovablePinOptions): MovablePin {
  const { place, name, radiusM, onMoved } = options
  const element = picture('movable-pin')
  element.tabIndex = 0
  element.setAttribute('role', 'application')
  const marker = new Marker({ element, draggable: true, ...standing })
    .setLngLat(toLngLat(place))
    .addTo(map)
  // NOTE: MapLibre names its own markers.
  element.setAttribute('aria-label', name)

  const tell = () => {
    const { lat, lng } = marker.getLngLat().wrap()
    onMoved({ latitude: lat, longitude: lng })
  }
  marker.on('dragstart', () => element.classList.add('lifted'))
  marker.on('drag', tell)
  marker.on('dragend', () => {
    element.classList.remove('lifted')
    tell()
  })

  element.addEventListener('keydown', (event) => {
    const arrow = arrows[event.key]
    if (!arrow || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    event.stopPropagation()
    const px = event.shiftKey ? farStepPx : stepPx
    const at = map.project(marker.getLngLat())
    marker.setLngLat(map.unproject([at.x + arrow[0] * px, at.y + arrow[1] * px]))
    if (!map.getBounds().contains(marker.getLngLat())) map.panTo(marker.getLngLat())
    tell()
  })

  const ring = radiusM === null ? undefined : addReach(element)
  const scale = () => {
    if (!ring || radiusM === null) return
    const px = (2 * radiusM) / metresPerPixel(map.getZoom(), marker.getLngLat().lat)
    ring.style.width = ring.style.height = `${px}px`
  }
  scale()
  map.on('zoom', scale)

  return {
    moveTo: (to) => void marker.setLngLat(toLngLat(to)),
    focus: () => element.focus(),
    remove: () => {
      map.off('zoom', scale)
      marker.remove()
    },
  }
}

function addReach(element: HTMLElement): HTMLElement {
  const ring = document.createElement('i')
  ring.className = 'reach'
  element.prepend(ring)
  return ring
}

/** Puts a pin on the map that stays where it is. Returns how to remove it. */
export const fixedPin = (engine: MapEngine, place: Place, name: string): (() => void) =>
  standStill(engine, place, name, 'fixed-pin')

/** The same for a place that is only proposed: dashed and hollow. */
export const proposedPin = (engine: MapEngine, place: Place, name: string): (() => void) =>
  standStill(engine, place, name, 'former-pin')

function standStill({ map }: MapEngine, place: Place, name: string, className: string): () => void {
  const element = picture(className)
  element.setAttribute('role', 'img')
  const marker = new Marker({ element, ...standing }).setLngLat(toLngLat(place)).addTo(map)
  // NOTE: MapLibre names its own markers.
  element.setAttribute('aria-label', name)
  return () => void marker.remove()
}

/** Puts the pin as it was saved on the map, dashed and hollow. Returns how to remove it. */
export function formerPin({ map }: MapEngine, place: Place): () => void {
  const marker = new Marker({ element: picture('former-pin'), ...standing })
    .setLngLat(toLngLat(place))
    .addTo(map)
  return () => void marker.remove()
}

const toLngLat = ({ longitude, latitude }: Place): [number, number] => [longitude, latitude]
