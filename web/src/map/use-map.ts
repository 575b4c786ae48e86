import type { MapTheme } from '@doorstep/contract/map-palette'
import { useNavigate } from '@tanstack/react-router'
import { useCallback, useMemo, useState } from 'react'

import type { Box } from '../api/maps.ts'
import { useIsPhone } from '../parts/is-phone.ts'
import { type MapSearch, oneOf, printSearch } from '../search.ts'
import type { Insets } from './camera.ts'
import type { MapEngine } from './engine.ts'
import { allOf, covered, room, roomBesidePanel } from './first-view.ts'
import { showsCustomers } from './map-choices.ts'
import { useFirstView } from './use-first-view.ts'
import { type MapData, useMapData } from './use-map-data.ts'
import { usePinClicks } from './use-pin-clicks.ts'
import { type PinNames, usePins } from './use-pins.ts'
import { fit, usePlace } from './use-place.ts'
import { useSelectedVisit } from './use-selected-visit.ts'
import { useView } from './use-view.ts'
import { type View, wholeWorld, widePart } from './view.ts'

/** Those at one door. */
export interface Door {
  readonly count: number
  readonly bbox: Box
}

export interface TeamMap {
  readonly engine: MapEngine | null
  readonly onReady: (engine: MapEngine) => void
  /** This browser cannot draw it, or its scripts did not come. */
  readonly onMissing: () => void
  readonly view: View | null
  readonly data: MapData
  /** Whose visits the list shows instead of all in view. */
  readonly door: Door | null
  readonly leaveDoor: () => void
  readonly showAll: () => void
}

const uncovered: Insets = { top: 0, right: 0, bottom: 0, left: 0 }
const roomOnPhone: Insets = { top: 48, right: 56, bottom: 108, left: 44 }

/** What the list has without a map, where nothing less is known. */
const everything: View = { seen: wholeWorld, part: widePart(wholeWorld) }

interface MapOptions {
  readonly search: MapSearch
  readonly theme: MapTheme
  readonly pinNames: PinNames
  readonly onChange: (change: Partial<MapSearch>, replace?: boolean) => void
}

/** The map of the screen: what it shows, where it stands, and what clicks on it do. */
export function useMap({ search, theme, pinNames, onChange }: MapOptions): TeamMap {
  const navigate = useNavigate()
  const isPhone = useIsPhone()
  const [engine, setEngine] = useState<MapEngine | null>(null)
  const [door, setDoor] = useDoor(search)
  const [isMissing, setIsMissing] = useState(false)
  const first = useFirstView(search, isMissing)
  const seen = useView(engine, isPhone ? uncovered : covered, first)
  const view = seen ?? (isMissing ? everything : null)
  const data = useMapData(search, view?.part ?? null, theme)
  const beside = search.visit === undefined ? room : roomBesidePanel
  const padding = isPhone ? roomOnPhone : beside
  const all = useAll(search, data)

  const { at } = search
  const camera = first?.camera
  usePlace(engine, { at, first: camera, all, padding, onAt: (to) => onChange({ at: to }, true) })
  usePins(engine, search, data, pinNames, view?.seen.zoom ?? 2)
  useSelectedVisit(engine, search, data, theme, padding)
  const onPin = (key: string) => {
    if (!showsCustomers(search)) return onChange({ visit: Number(key) }, search.visit !== undefined)
    const [word, id = ''] = key.split('/')
    const type = oneOf(['lead', 'contact'], word)
    if (type) void navigate({ to: '/customers/$type/$id', params: { type, id } })
  }
  usePinClicks(engine, { onPin, onDoor: (count, bbox) => setDoor({ count, bbox }) }, padding)

  return {
    engine,
    onReady: useCallback((ready: MapEngine) => {
      setEngine(ready)
      setIsMissing(false)
    }, []),
    onMissing: useCallback(() => setIsMissing(true), []),
    view,
    data,
    door,
    leaveDoor: () => setDoor(null),
    showAll() {
      setDoor(null)
      if (engine && all) fit(engine, all, padding)
    },
  }
}

/** The door whose visits are listed, until other ones are shown. */
function useDoor(search: MapSearch) {
  const shown = printSearch({ ...search, at: undefined, by: undefined, visit: undefined })
  const [opened, setOpened] = useState<{ readonly door: Door; readonly shown: string } | null>(null)
  // Its box and count are those of the filters and the layer in which it was opened.
  if (opened && opened.shown !== shown) setOpened(null)
  const setDoor = (door: Door | null) => setOpened(door && { door, shown })
  return [opened?.shown === shown ? opened.door : null, setDoor] as const
}

/** NOTE: one box as long as it stays where it is. */
function useAll({ bbox }: MapSearch, { world }: MapData): Box | null | undefined {
  return useMemo(() => allOf({ bbox }, world), [bbox, world])
}
