import type { MapTheme } from '@doorstep/contract/map-palette'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'

import { visitQuery } from '../api/visits.ts'
import type { MapSearch } from '../search.ts'
import type { Insets } from './camera.ts'
import { badges, type Colouring, type VisitPoint } from './colouring.ts'
import type { MapEngine } from './engine.ts'
import { showsCustomers } from './map-choices.ts'
import type { MapData } from './use-map-data.ts'
import { useSelectedPin } from './use-pins.ts'

/** The visit whose panel is open, as the map would show it. */
function useSelectedPoint({ visit: id }: MapSearch, data: MapData): VisitPoint | undefined {
  const { data: visit } = useQuery({ ...visitQuery(id ?? 0), enabled: id !== undefined })
  if (id === undefined) return undefined
  const drawn = data.visits?.points.find((point) => point.id === id)
  if (drawn || visit?.id !== id) return drawn
  const { latitude: north = null } = visit.resource ?? {}
  const { latitude = null, longitude = null } =
    (north === null ? visit.verification?.location : visit.resource) ?? {}
  if (latitude === null || longitude === null) return undefined
  const { outcome_id, creator_id, visited_at } = visit
  const status = visit.rep_location_verification_status
  return { id, latitude, longitude, status, outcome_id, creator_id, visited_at }
}

const lookOf = (point: VisitPoint, { looks, visitLook }: Colouring) =>
  looks[visitLook(point)] ?? null

/** Draws the pin of the visit whose panel is open, and brings it out from under what floats there. */
export function useSelectedVisit(
  engine: MapEngine | null,
  search: MapSearch,
  data: MapData,
  theme: MapTheme,
  padding: Insets,
): void {
  const point = useSelectedPoint(search, data)
  const { longitude = 0, latitude = 0 } = point ?? {}
  const isShown = point !== undefined && !showsCustomers(search)
  const look = point ? lookOf(point, data.colouring) : null
  const badge = point ? badges[point.status] : null
  useSelectedPin(engine, isShown ? { longitude, latitude, look, badge } : null, theme)
  const id = point?.id
  useEffect(() => {
    if (!engine || id === undefined) return
    const { map } = engine
    const { x, y } = map.project([longitude, latitude])
    const { clientWidth: width, clientHeight: height } = map.getContainer()
    const isSeen =
      x >= padding.left - 30 &&
      x <= width - padding.right + 50 &&
      y >= padding.top &&
      y <= height - padding.bottom + 40
    if (isSeen) return
    const offset: [number, number] = [
      (padding.left - padding.right) / 2,
      (padding.top - padding.bottom) / 2,
    ]
    map.easeTo({ center: [longitude, latitude], offset, duration: 400 })
    // Only another visit moves the map.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [engine, id])
}
