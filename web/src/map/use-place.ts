import { useEffect, useRef } from 'react'

import type { Box } from '../api/maps.ts'
import type { MapSearch } from '../search.ts'
import { useIsLeaving } from '../use-is-leaving.ts'
import type { Camera, Insets } from './camera.ts'
import type { MapEngine } from './engine.ts'
import { fitZoomMax } from './first-view.ts'

/** As MapLibre takes a box, also one across 180° E. */
const boundsOf = ([west, south, east, north]: Box): [number, number, number, number] => [
  west,
  south,
  west > east ? east + 360 : east,
  north,
]

/** Moves to all of a box. */
export function fit({ map }: MapEngine, box: Box, padding: Insets, maxZoom = fitZoomMax): void {
  const isRoomy =
    map.getContainer().clientWidth > padding.left + padding.right + 100 &&
    map.getContainer().clientHeight > padding.top + padding.bottom + 100
  map.fitBounds(boundsOf(box), {
    padding: isRoomy ? { ...padding } : 20,
    maxZoom,
    duration: 400,
  })
}

interface PlaceOptions {
  readonly at: MapSearch['at']
  /** From where it begins, where that is known before the map is there; else around `all`. */
  readonly first?: Camera | undefined
  /** Around what there is to see; undefined: not known yet, null: nothing. */
  readonly all: Box | null | undefined
  readonly padding: Insets
  /** How far it goes in by itself. */
  readonly maxZoom?: number | undefined
  readonly onAt: (at: readonly number[]) => void
}

const atOf = ({ map }: MapEngine): readonly number[] => {
  const { lat, lng } = map.getCenter().wrap()
  return [Number(lat.toFixed(5)), Number(lng.toFixed(5)), Number(map.getZoom().toFixed(2))]
}

/** Keeps the place of the map in the URL, and begins with all there is. */
export function usePlace(engine: MapEngine | null, options: PlaceOptions): void {
  const { at, first, all, padding, maxZoom = fitZoomMax, onAt } = options
  const isLeaving = useIsLeaving()
  const written = useRef('')
  const isPlaced = useRef(false)
  const latest = useRef(onAt)
  useEffect(() => {
    latest.current = onAt
  })

  useEffect(() => {
    const [latitude, longitude, zoom] = at ?? []
    if (!engine || latitude === undefined || longitude === undefined || zoom === undefined) return
    isPlaced.current = true
    if (written.current === at?.join()) return
    written.current = at?.join() ?? ''
    engine.map.jumpTo({ center: [longitude, Math.max(-85, Math.min(85, latitude))], zoom })
  }, [engine, at])

  useEffect(() => {
    if (!engine || isPlaced.current || (!first && !all)) return
    const { map } = engine
    if (first) {
      map.jumpTo({ center: [first.longitude, first.latitude], zoom: first.zoom })
    } else if (all) {
      const camera = map.cameraForBounds(boundsOf(all), { padding: { ...padding }, maxZoom })
      if (camera) map.jumpTo(camera)
    }
    // Where it begins by itself is not kept in the URL.
    isPlaced.current = true
  }, [engine, first, all, padding, maxZoom])

  useEffect(() => {
    if (!engine) return undefined
    const tell = () => {
      const next = atOf(engine)
      if (!isPlaced.current || next.join() === written.current || isLeaving()) return
      written.current = next.join()
      latest.current(next)
    }
    engine.map.on('moveend', tell)
    return () => void engine.map.off('moveend', tell)
  }, [engine, isLeaving])
}
