import type { MapLayerMouseEvent, MapMouseEvent } from 'maplibre-gl'
import { useEffect, useRef } from 'react'

import type { KnownOutcome } from '../api/visit-outcomes.ts'
import type { MapEngine } from '../map/engine.ts'
import { fixedPin, formerPin, movablePin, proposedPin } from '../map/movable-pin.ts'
import type { Bounds } from '../map/places.ts'
import { texts } from '../texts/texts.ts'
import type { Degrees } from '../visits/mini-map-frame.ts'
import { customerOverlay, customerPins, type Drawn } from './customer-overlay.ts'

const words = texts.customer.map
const overlayName = 'customer'

/** Lays the customer's places and visits on the map. */
export function useDrawn(
  engine: MapEngine | null,
  drawn: Drawn,
  outcomes: readonly KnownOutcome[],
): void {
  useEffect(
    () => engine?.show(overlayName, customerOverlay(drawn, outcomes)),
    [engine, drawn, outcomes],
  )
  useEffect(() => () => engine?.hide(overlayName), [engine])
}

const marginPx = 64

export function fit({ map }: MapEngine, bounds: Bounds): void {
  map.fitBounds(bounds, { padding: marginPx, maxZoom: 17, animate: false })
}

/** Of the height: above and below what the map begins with. */
const freeShare = 0.2
const sideMarginPx = 40

/** So close that a pin can be set. */
export function fitClose({ map }: MapEngine, bounds: Bounds, animate = false): void {
  const free = Math.round(map.getContainer().clientHeight * freeShare)
  const padding = { top: free, bottom: free, left: sideMarginPx, right: sideMarginPx }
  map.fitBounds(bounds, { padding, maxZoom: 17, animate, duration: 400 })
}

/** The pin of the saved place. */
export function useSavedPin(
  engine: MapEngine | null,
  point: Degrees | undefined,
  isOld: boolean,
): void {
  const { latitude, longitude } = point ?? {}
  useEffect(() => {
    if (!engine || latitude === undefined || longitude === undefined) return undefined
    const place = { latitude, longitude }
    return isOld ? formerPin(engine, place) : fixedPin(engine, place, words.pin)
  }, [engine, latitude, longitude, isOld])
}

/** The pin that somebody proposes. */
export function useProposedPin(engine: MapEngine | null, point: Degrees | undefined): void {
  const { latitude, longitude } = point ?? {}
  useEffect(() => {
    if (!engine || latitude === undefined || longitude === undefined) return undefined
    return proposedPin(engine, { latitude, longitude }, words.proposed)
  }, [engine, latitude, longitude])
}

/** A pin that is dragged, set by a click on the map, or moved by arrow keys: with Shift, farther. */
export function useNewPin(
  engine: MapEngine | null,
  start: Degrees | undefined,
  onMoved: (point: Degrees) => void,
): void {
  const latest = useRef({ start, onMoved })
  useEffect(() => {
    latest.current = { start, onMoved }
  })
  const isShown = start !== undefined
  useEffect(() => {
    const first = latest.current.start
    if (!engine || !isShown || !first) return undefined
    const { map } = engine
    const moved = (to: Degrees) => latest.current.onMoved(to)
    const options = { place: first, name: words.newPin, radiusM: null, onMoved: moved }
    const pin = movablePin(engine, options)
    const clicked = ({ lngLat }: MapMouseEvent) => {
      const to = { latitude: lngLat.lat, longitude: lngLat.lng }
      pin.moveTo(to)
      moved(to)
    }
    map.on('click', clicked)
    pin.focus()
    return () => {
      map.off('click', clicked)
      pin.remove()
    }
  }, [engine, isShown])
}

/** Opens the visit whose pin is clicked. */
export function usePinClicks(
  engine: MapEngine | null,
  isOff: boolean,
  onVisit: (id: number) => void,
): void {
  const latest = useRef(onVisit)
  useEffect(() => {
    latest.current = onVisit
  })
  useEffect(() => {
    if (!engine || isOff) return undefined
    const { map } = engine
    const open = ({ features }: MapLayerMouseEvent) =>
      latest.current(Number(features?.[0]?.properties.id))
    const point = () => void (map.getCanvas().style.cursor = 'pointer')
    const leave = () => void (map.getCanvas().style.cursor = '')
    map.on('click', customerPins, open)
    map.on('mouseenter', customerPins, point)
    map.on('mouseleave', customerPins, leave)
    return () => {
      map.off('click', customerPins, open)
      map.off('mouseenter', customerPins, point)
      map.off('mouseleave', customerPins, leave)
      leave()
    }
  }, [engine, isOff])
}
