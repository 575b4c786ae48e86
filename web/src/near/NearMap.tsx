import type { Customer } from '@doorstep/contract/customers'
import { useNavigate } from '@tanstack/react-router'
import { Crosshair } from 'lucide-react'
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'

import type { Box } from '../api/maps.ts'
import type { Insets } from '../map/camera.ts'
import type { MapEngine } from '../map/engine.ts'
import { MapView } from '../map/MapView.tsx'
import { useMapTheme } from '../map/use-map-theme.ts'
import { usePinClicks } from '../map/use-pin-clicks.ts'
import { fit, usePlace } from '../map/use-place.ts'
import type { Here } from '../offline/use-here.ts'
import { oneOf } from '../search.ts'
import { texts } from '../texts/texts.ts'
import type { NearSearch } from './near-search.ts'
import { isFirstTime } from './use-location-words.ts'
import { atDoor, boxAround, boxOfAll, useHereDrawn, useHold, useNearPins } from './use-near-map.ts'
import type { Near } from './use-near.ts'

const words = texts.near
const closest = 17

interface NearMapProps {
  readonly near: Near
  readonly here: Here
  readonly search: NearSearch
  /** How much of it the sheet covers, in pixels. */
  readonly coveredPx: number
  readonly onAt: (at: readonly number[]) => void
  /** Those at one door. */
  readonly onDoor: (box: Box) => void
  readonly children: ReactNode
}

/** Goes to where the phone is, once that is known, unless the map was moved meanwhile. */
function useFirstFix(
  engine: MapEngine | null,
  box: Box | null,
  hasPlace: boolean,
  padding: Insets,
): void {
  const isDone = useRef(hasPlace)
  useEffect(() => {
    if (!engine) return undefined
    const end = () => {
      isDone.current = true
    }
    engine.map.on('dragstart', end)
    return () => void engine.map.off('dragstart', end)
  }, [engine])
  useEffect(() => {
    if (!engine || !box || isDone.current) return
    isDone.current = true
    fit(engine, box, padding, closest)
  }, [engine, box, padding])
}

/** The customers on the map, and where the phone is among them. */
export function NearMap(props: NearMapProps) {
  const { near, here, search, coveredPx, onAt, onDoor, children } = props
  const theme = useMapTheme()
  const navigate = useNavigate()
  const [engine, setEngine] = useState<MapEngine | null>(null)
  const padding = useMemo(
    (): Insets => ({ top: 150, right: 72, bottom: coveredPx + 40, left: 40 }),
    [coveredPx],
  )
  const { fix } = here
  const { records, all } = near
  const everything = useMemo(() => boxOfAll(records?.customers ?? []), [records])
  const isRead = records !== undefined && !isFirstTime(records)
  const around = useMemo(() => (fix && isRead ? boxAround(fix, all) : null), [fix, all, isRead])
  const door: Customer | null = atDoor(all)

  const start = around ?? (isRead ? everything : undefined)
  usePlace(engine, { at: search.at, all: start, padding, maxZoom: closest, onAt })
  useFirstFix(engine, around, search.at !== undefined, padding)
  useHereDrawn(engine, fix, door)
  const open = (key: string) => {
    const [word, id = ''] = key.split('/')
    const type = oneOf(['lead', 'contact'], word)
    if (type) void navigate({ to: '/customers/$type/$id', params: { type, id } })
  }
  useNearPins(engine, near, door, open)
  usePinClicks(engine, { onPin: open, onDoor: (_, box) => onDoor(box) }, padding)
  useHold(engine, ({ latitude, longitude }) => {
    const at = [Number(latitude.toFixed(6)), Number(longitude.toFixed(6))]
    void navigate({ to: '/near/new', search: { at } })
  })
  const goHere = () => {
    if (here.state !== 'allowed') return void navigate({ to: '/near/why' })
    here.look()
    if (engine && around) fit(engine, around, padding, closest)
    return undefined
  }
  return (
    <MapView theme={theme} onReady={setEngine}>
      {children}
      <button
        type="button"
        className="near-button where"
        aria-label={words.whereIAm}
        style={{ bottom: coveredPx + 44 }}
        onClick={goHere}
      >
        <Crosshair aria-hidden="true" />
      </button>
    </MapView>
  )
}
