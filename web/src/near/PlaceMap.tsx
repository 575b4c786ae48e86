import type { Customer } from '@doorstep/contract/customers'
import { useEffect, useState } from 'react'

import { badges } from '../map/colouring.ts'
import type { MapEngine } from '../map/engine.ts'
import { MapView } from '../map/MapView.tsx'
import { boundsOf } from '../map/places.ts'
import { selectedPin } from '../map/selected-pin.ts'
import { useMapTheme } from '../map/use-map-theme.ts'
import type { Fix } from '../offline/fixes.ts'
import { placeOf, useColouring, useHereDrawn } from './use-near-map.ts'

/** Farther away, the phone is not fitted into view. */
const bothMaxM = 5_000

interface PlaceMapProps {
  readonly customer: Customer
  readonly fix: Fix | null
  /** From the phone to the pin; null: not known. */
  readonly distanceM: number | null
  readonly isWaiting: boolean
}

/** A customer's place with its radius, and the line from the phone. */
export function PlaceMap({ customer, fix, distanceM, isWaiting }: PlaceMapProps) {
  const theme = useMapTheme()
  const [engine, setEngine] = useState<MapEngine | null>(null)
  const isNear = distanceM !== null && distanceM <= bothMaxM
  useHereDrawn(engine, fix, customer, isNear ? distanceM : null)
  usePin(engine, customer, isWaiting)
  const { latitude, longitude, radius_m: radiusM } = customer
  const from = isNear ? fix : null
  const hasFix = from !== null
  useEffect(() => {
    if (!engine || latitude === null || longitude === null) return
    const circle = { point: { latitude, longitude }, radiusM }
    const phone = from ? [{ point: from, radiusM: 20 }] : []
    const bounds = boundsOf([circle, ...phone])
    if (!bounds) return
    engine.map.fitBounds(bounds, {
      padding: { top: 56, bottom: 34, left: 40, right: 40 },
      maxZoom: 17.5,
      animate: false,
    })
    // Later fixes leave the map where it is.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [engine, latitude, longitude, radiusM, hasFix])
  return (
    <div className="place-map">
      <MapView theme={theme} onReady={setEngine} />
    </div>
  )
}

/** The drop of the customer, in the colour of the last visit. */
function usePin(engine: MapEngine | null, customer: Customer, isWaiting: boolean): void {
  const theme = useMapTheme()
  const colouring = useColouring()
  const place = placeOf(customer)
  const { latitude, longitude } = place ?? {}
  const look = place && colouring.looks[colouring.customerLook({ ...customer, ...place })]
  const status = customer.last_visit?.status
  const badge = isWaiting ? 'waiting' : status ? badges[status] : null
  useEffect(() => {
    if (!engine || latitude === undefined || longitude === undefined) return undefined
    const marker = selectedPin(engine, look ?? null, badge, theme).setLngLat([longitude, latitude])
    marker.getElement().setAttribute('aria-hidden', 'true')
    marker.addTo(engine.map)
    return () => void marker.remove()
  }, [engine, latitude, longitude, look, badge, theme])
}
