import type { MapTheme } from '@doorstep/contract/map-palette'
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'

import type { Box } from '../api/map.ts'
import { type MapSearch, oneOf, printSearch } from '../search.ts'
import { useIsPhone } from '../shells/is-phone.ts'
import { type MapEngine, mapEngine } from './engine.ts'
import { showsCustomers } from './map-choices.ts'
import { type MapData, useMapData } from './use-map-data.ts'
import { usePinClicks } from './use-pin-clicks.ts'
import { type PinNames, usePins } from './use-pins.ts'
import { fit, usePlace } from './use-place.ts'
import { useSelectedVisit } from './use-selected-visit.ts'
import { useView, type View } from './use-view.ts'
import { around, type Insets, wholeWorld, widePart } from './view.ts'

/** Those at one door. */
export interface Door {
  readonly count: number
  readonly bbox: Box
}

export interface TeamMap {
  readonly engine: MapEngine | null
  readonly onReady: (engine: MapEngine) => void
  readonly view: View | null
  readonly data: MapData
  /** Whose visits the list shows instead of all in view. */
  readonly door: Door | null
  readonly leaveDoor: () => void
  readonly showAll: () => void
}

/** What the list covers; the panel of a visit comes and goes, and the list stays as it is. */
const covered: Insets = { top: 0, right: 0, bottom: 0, left: 348 }
const uncovered: Insets = { top: 0, right: 0, bottom: 0, left: 0 }

/** What is kept free around pins. */
const room: Insets = { top: 60, right: 84, bottom: 104, left: 392 }
const roomBesidePanel: Insets = { ...room, right: 448, bottom: 132 }
const roomOnPhone: Insets = { top: 48, right: 56, bottom: 108, left: 44 }

/** What the list has where no map can be drawn. */
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
  const seen = useView(engine, isPhone ? uncovered : covered)
  const view = seen ?? (mapEngine(theme) ? null : everything)
  const data = useMapData(search, view?.part ?? null, theme)
  const beside = search.visit === undefined ? room : roomBesidePanel
  const padding = isPhone ? roomOnPhone : beside
  const all = useAll(search, data)

  usePlace(engine, { at: search.at, all, padding, onAt: (at) => onChange({ at }, true) })
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
    onReady: setEngine,
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

/** Around all there is, or the area of the URL. */
function useAll({ bbox }: MapSearch, { world }: MapData): Box | null | undefined {
  return useMemo(() => {
    const [west, south, east, north] = bbox ?? []
    if (west !== undefined && south !== undefined && east !== undefined && north !== undefined) {
      return [west, south, east, north]
    }
    return world && around([...world.points, ...world.clusters])
  }, [bbox, world])
}
