import type { Customer } from '@doorstep/contract/customers'
import { useQuery } from '@tanstack/react-query'
import type { MapMouseEvent, MapTouchEvent } from 'maplibre-gl'
import { useEffect, useMemo, useRef } from 'react'

import type { Box } from '../api/maps.ts'
import { outcomesQuery } from '../api/visit-outcomes.ts'
import { badges, type Colouring, colouringOf, customerKey, customerPin } from '../map/colouring.ts'
import type { MapEngine } from '../map/engine.ts'
import type { MapPin, MapPins } from '../map/map-pins.ts'
import { pinOverlay, placesOf } from '../map/pin-layers.ts'
import { placeAt } from '../map/places.ts'
import { selectedPin } from '../map/selected-pin.ts'
import { useMapTheme } from '../map/use-map-theme.ts'
import { around } from '../map/view.ts'
import type { Fix } from '../offline/fixes.ts'
import { hereOverlay } from './here-overlay.ts'
import { isAtDoor, type Listed } from './near-list.ts'
import { keyOf, type Near } from './use-near.ts'

const overlays = { here: 'near-here', pins: 'near-pins' } as const
const noOutcomes = [] as const

interface Placed {
  readonly latitude: number
  readonly longitude: number
}

export function placeOf({ latitude, longitude }: Customer): Placed | null {
  return latitude === null || longitude === null ? null : { latitude, longitude }
}

/** How customers are coloured: by the outcome of the last visit. */
export function useColouring(): Colouring {
  const theme = useMapTheme()
  const { data: outcomes = noOutcomes } = useQuery(outcomesQuery)
  return useMemo(
    () => colouringOf('outcome', { outcomes, people: [], theme, nowMs: 0 }),
    [outcomes, theme],
  )
}

function pinOf(customer: Customer, colouring: Colouring, isWaiting: boolean): MapPin[] {
  const place = placeOf(customer)
  if (!place) return []
  const pin = customerPin({ ...customer, ...place }, colouring, customer.name)
  const status = customer.last_visit?.status
  return [{ ...pin, badge: isWaiting ? 'waiting' : status ? badges[status] : null }]
}

/** Draws the customers; the one at whose door the phone is as a drop, and in no cluster. */
export function useNearPins(
  engine: MapEngine | null,
  { customers, waiting }: Pick<Near, 'customers' | 'waiting'>,
  door: Customer | null,
  onPin: (key: string) => void,
): void {
  const theme = useMapTheme()
  const colouring = useColouring()
  const pins = useMemo(
    (): MapPins => ({
      looks: colouring.looks,
      pins: customers.flatMap((each) => pinOf(each, colouring, waiting.has(keyOf(each)))),
      clusters: [],
    }),
    [customers, waiting, colouring],
  )
  const doorKey = door && customerKey(door)
  const places = useMemo(
    () => placesOf({ ...pins, pins: pins.pins.filter(({ key }) => key !== doorKey) }),
    [pins, doorKey],
  )
  useEffect(
    () => engine?.show(overlays.pins, pinOverlay(pins.looks, places)),
    [engine, pins, places],
  )
  useEffect(() => () => engine?.hide(overlays.pins), [engine])

  const latest = useRef(onPin)
  useEffect(() => {
    latest.current = onPin
  })
  useEffect(() => {
    const pin = pins.pins.find(({ key }) => key === doorKey)
    if (!engine || !pin) return undefined
    const marker = selectedPin(engine, colouring.looks[pin.look] ?? null, pin.badge, theme)
    marker.setLngLat([pin.longitude, pin.latitude]).addTo(engine.map)
    // NOTE: the list has the same customer as a link that is read aloud.
    marker.getElement().setAttribute('aria-hidden', 'true')
    marker.getElement().addEventListener('click', (event) => {
      event.stopPropagation()
      latest.current(pin.key)
    })
    return () => void marker.remove()
  }, [engine, pins, doorKey, colouring, theme])
}

/** Draws where the phone is, and the radius of one customer. */
export function useHereDrawn(
  engine: MapEngine | null,
  fix: Fix | null,
  customer: Customer | null,
  lineM: number | null = null,
): void {
  useEffect(() => {
    const place = customer && placeOf(customer)
    const ring = place && { place, radiusM: customer.radius_m }
    engine?.show(overlays.here, hereOverlay({ fix, ring, lineM }))
  }, [engine, fix, customer, lineM])
  useEffect(() => () => engine?.hide(overlays.here), [engine])
}

/** The customer at whose door the phone is. */
export const atDoor = ([first]: readonly Listed[]): Customer | null =>
  first && isAtDoor(first) ? first.customer : null

const fewNear = 4
const leastM = 150
const mostM = 1_500

/** Around the phone and the customers nearest to it. */
export function boxAround(fix: Placed, all: readonly Listed[]): Box {
  const fourth = all[Math.min(fewNear, all.length) - 1]?.distanceM ?? leastM
  const m = Math.max(leastM, Math.min(mostM, fourth * 1.1))
  const [one, other] = [placeAt(fix, -m, m), placeAt(fix, m, -m)]
  return [one.longitude, one.latitude, other.longitude, other.latitude]
}

/** Around all customers; null: none has a place. */
export const boxOfAll = (customers: readonly Customer[]): Box | null =>
  around(customers.flatMap((customer) => placeOf(customer) ?? []))

const holdMs = 550
const slackPx = 10

/** Calls `onHold` where the map is pressed for long, or clicked with the other button. */
export function useHold(engine: MapEngine | null, onHold: (place: Placed) => void): void {
  const latest = useRef(onHold)
  useEffect(() => {
    latest.current = onHold
  })
  useEffect(() => {
    if (!engine) return undefined
    const { map } = engine
    let timer: ReturnType<typeof setTimeout> | undefined
    let start = { x: 0, y: 0 }
    let heldAt = 0
    const hold = ({ lat, lng }: { lat: number; lng: number }) => {
      // NOTE: Android also says that the menu is wanted.
      if (performance.now() - heldAt < 1_000) return
      heldAt = performance.now()
      latest.current({ latitude: lat, longitude: lng })
    }
    const end = () => clearTimeout(timer)
    const begin = ({ lngLat, point, points }: MapTouchEvent) => {
      end()
      if (points.length > 1) return
      start = point
      timer = setTimeout(() => hold(lngLat), holdMs)
    }
    const move = ({ point }: MapTouchEvent) => {
      if (Math.hypot(point.x - start.x, point.y - start.y) > slackPx) end()
    }
    const menu = ({ lngLat }: MapMouseEvent) => hold(lngLat)
    map.on('touchstart', begin)
    map.on('touchmove', move)
    map.on('touchend', end)
    map.on('touchcancel', end)
    map.on('contextmenu', menu)
    return () => {
      end()
      map.off('touchstart', begin)
      map.off('touchmove', move)
      map.off('touchend', end)
      map.off('touchcancel', end)
      map.off('contextmenu', menu)
    }
  }, [engine])
}
