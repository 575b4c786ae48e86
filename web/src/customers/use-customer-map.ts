import type { MapLayerMouseEvent, MapMouseEvent } from 'maplibre-gl'
import { useEffect, useRef } from 'react'

import type { KnownOutcome } from '../api/outcomes.ts'
import type { MapEngine } from '../map/engine.ts'
import { texts } from '../texts/texts.ts'
import type { Degrees } from '../visits/mini-map-frame.ts'
import { customerOverlay, customerPins, type Drawn } from './customer-overlay.ts'
import { newPin, savedPin } from './customer-pin.ts'
import type { Bounds } from './places.ts'

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

/** The pin of the saved place. */
export function useSavedPin(
  engine: MapEngine | null,
  point: Degrees | undefined,
  isOld: boolean,
): void {
  const { latitude, longitude } = point ?? {}
  useEffect(() => {
    if (!engine || latitude === undefined || longitude === undefined) return undefined
    const pin = savedPin(isOld ? 'old' : 'saved', words.pin)
    pin.setLngLat([longitude, latitude]).addTo(engine.map)
    return () => void pin.remove()
  }, [engine, latitude, longitude, isOld])
}

const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
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
    const pin = newPin(words.newPin)
    const move = (at: { lng: number; lat: number }) => {
      pin.setLngLat(at)
      latest.current.onMoved({ latitude: at.lat, longitude: at.lng })
    }
    const dragged = () => move(pin.getLngLat())
    const clicked = ({ lngLat }: MapMouseEvent) => move(lngLat)
    const pressed = (event: KeyboardEvent) => {
      const step = steps[event.key]
      if (!step) return
      event.preventDefault()
      event.stopPropagation()
      const { x, y } = map.project(pin.getLngLat())
      const px = event.shiftKey ? 20 : 2
      move(map.unproject([x + step[0] * px, y + step[1] * px]))
    }
    pin.setLngLat([first.longitude, first.latitude]).addTo(map)
    pin.on('drag', dragged)
    map.on('click', clicked)
    pin.getElement().addEventListener('keydown', pressed)
    pin.getElement().focus()
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
