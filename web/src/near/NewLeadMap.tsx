import '../parts/phone-chip.css'
import { useEffect, useRef, useState } from 'react'

import type { MapEngine } from '../map/engine.ts'
import { MapView } from '../map/MapView.tsx'
import { type MovablePin, movablePin } from '../map/movable-pin.ts'
import { boundsOf, metresBetween } from '../map/places.ts'
import { useMapTheme } from '../map/use-map-theme.ts'
import type { Fix } from '../offline/fixes.ts'
import { texts } from '../texts/texts.ts'
import { useHereDrawn, useNearPins } from './use-near-map.ts'
import type { Near } from './use-near.ts'

const words = texts.newLead
const closeZoom = 17.5

interface Place {
  readonly latitude: number
  readonly longitude: number
}

/** Below the button and the words that float on it, and above the edge of the sheet. */
const padding = { top: 84, bottom: 44, left: 40, right: 40 }
/** A phone that is farther away is not shown. */
const bothMaxM = 500

/** As close as the pin and the phone leave it. */
function begin({ map }: MapEngine, start: Place, fix: Fix | null): void {
  const isNear = fix !== null && metresBetween(start, fix) <= bothMaxM
  const bounds = boundsOf([start, ...(isNear ? [fix] : [])].map((point) => ({ point, radiusM: 5 })))
  if (bounds) map.fitBounds(bounds, { padding, maxZoom: closeZoom, animate: false })
}

interface NewLeadMapProps {
  readonly place: Place
  readonly fix: Fix | null
  /** The others here. */
  readonly near: Pick<Near, 'customers' | 'waiting'>
  readonly onMoved: (place: Place) => void
  readonly onPin: (key: string) => void
}

/** The pin of the new lead among the others, which is dragged to the door. */
export function NewLeadMap({ place, fix, near, onMoved, onPin }: NewLeadMapProps) {
  const theme = useMapTheme()
  const [engine, setEngine] = useState<MapEngine | null>(null)
  const pin = useRef<MovablePin>(undefined)
  const isMoved = useRef(false)
  const latest = useRef({ place, fix, onMoved })
  useEffect(() => {
    latest.current = { place, fix, onMoved }
  })
  useNearPins(engine, near, null, onPin)
  useHereDrawn(engine, fix, null)
  useEffect(() => {
    if (!engine) return undefined
    const start = latest.current.place
    begin(engine, start, latest.current.fix)
    const made = movablePin(engine, {
      place: start,
      name: words.pin,
      radiusM: null,
      onMoved: (to) => {
        isMoved.current = true
        latest.current.onMoved(to)
      },
    })
    pin.current = made
    return () => {
      pin.current = undefined
      made.remove()
    }
  }, [engine])
  const hasFix = fix !== null
  useEffect(() => {
    // The phone may find its place only now.
    const { place: start, fix: found } = latest.current
    if (engine && hasFix && !isMoved.current) begin(engine, start, found)
  }, [engine, hasFix])
  const { latitude, longitude } = place
  useEffect(() => {
    pin.current?.moveTo({ latitude, longitude })
    // Where the fix moves it, the map follows.
    if (engine && !engine.map.getBounds().contains([longitude, latitude])) {
      engine.map.jumpTo({ center: [longitude, latitude] })
    }
  }, [engine, latitude, longitude])
  return (
    <div className="place-map">
      <MapView theme={theme} onReady={setEngine}>
        <span className="phone-chip over-map">{words.drag}</span>
      </MapView>
    </div>
  )
}
