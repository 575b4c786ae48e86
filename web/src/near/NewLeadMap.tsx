import '../parts/phone-chip.css'
import { useEffect, useRef, useState } from 'react'

import type { MapEngine } from '../map/engine.ts'
import { MapView } from '../map/MapView.tsx'
import { type MovablePin, movablePin } from '../map/movable-pin.ts'
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
  const latest = useRef({ place, onMoved })
  useEffect(() => {
    latest.current = { place, onMoved }
  })
  useNearPins(engine, near, null, onPin)
  useHereDrawn(engine, fix, null)
  useEffect(() => {
    if (!engine) return undefined
    const start = latest.current.place
    engine.map.jumpTo({ center: [start.longitude, start.latitude], zoom: closeZoom })
    const made = movablePin(engine, {
      place: start,
      name: words.pin,
      radiusM: null,
      onMoved: (to) => latest.current.onMoved(to),
    })
    pin.current = made
    return () => {
      pin.current = undefined
      made.remove()
    }
  }, [engine])
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
