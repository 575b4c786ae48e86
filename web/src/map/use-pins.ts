import type { MapTheme } from '@doorstep/contract/map-palette'
import type { Marker } from 'maplibre-gl'
import { useEffect, useMemo } from 'react'

import type { MapSearch } from '../search.ts'
import { customerPin, visitCluster, visitPin } from './colouring.ts'
import type { MapEngine } from './engine.ts'
import { heatOf, heatOverlay } from './heat-layer.ts'
import { layerOf } from './map-choices.ts'
import type { MapPins } from './map-pins.ts'
import { mergeClusters } from './merge-clusters.ts'
import { pinOverlay, placesOf } from './pin-layers.ts'
import type { Badge, PinLook } from './pins.ts'
import { selectedPin } from './selected-pin.ts'
import { standOnCluster } from './stand-on-cluster.ts'
import type { MapData } from './use-map-data.ts'

const overlay = 'visits'

/** Names of pins by their key. */
export type PinNames = ReadonlyMap<string, string>

function pinsOf({ visits, customers, colouring }: MapData, names: PinNames): MapPins {
  const { looks } = colouring
  if (customers) {
    return {
      looks,
      pins: customers.points.map((point) => {
        return customerPin(point, colouring, names.get(`${point.resource_type}/${point.id}`))
      }),
      clusters: customers.clusters.map((cluster) => ({ ...cluster, shares: [] })),
    }
  }
  return {
    looks,
    pins: (visits?.points ?? []).map((point) => {
      return visitPin(point, colouring, names.get(String(point.id)))
    }),
    clusters: (visits?.clusters ?? []).map((cluster) => visitCluster(cluster, colouring)),
  }
}

/** Draws what was found; a new answer takes the place of the last without a gap. */
export function usePins(
  engine: MapEngine | null,
  search: MapSearch,
  data: MapData,
  names: PinNames,
  zoom: number,
): void {
  const { visits, customers, colouring } = data
  const isHeat = layerOf(search) === 'heat'
  const selected = search.visit === undefined ? null : String(search.visit)
  const pins = useMemo(
    () => pinsOf(data, names),
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [visits, customers, colouring, names],
  )
  const apart = useMemo(() => (isHeat ? pins : mergeClusters(pins, zoom)), [isHeat, pins, zoom])
  const places = useMemo(() => placesOf(apart), [apart])
  const isKnown = visits !== undefined || customers !== undefined
  useEffect(() => {
    if (!engine) return
    if (!isKnown) return engine.hide(overlay)
    engine.show(
      overlay,
      isHeat ? heatOverlay(heatOf(pins)) : pinOverlay(pins.looks, places, selected),
    )
  }, [engine, isKnown, isHeat, pins, places, selected])
  useEffect(() => () => engine?.hide(overlay), [engine])
}

interface Selected {
  readonly longitude: number
  readonly latitude: number
  readonly look: PinLook | null
  readonly badge: Badge | null
}

/** The pin of the visit whose panel is open, as an element above all others. */
export function useSelectedPin(
  engine: MapEngine | null,
  selected: Selected | null,
  theme: MapTheme,
): void {
  const { longitude = 0, latitude = 0, look = null, badge = null } = selected ?? {}
  const isShown = selected !== null
  useEffect(() => {
    if (!engine || !isShown) return undefined
    const marker: Marker = selectedPin(engine, look, badge, theme).setLngLat([longitude, latitude])
    marker.addTo(engine.map)
    const end = standOnCluster(engine, marker)
    return () => {
      end()
      marker.remove()
    }
  }, [engine, isShown, longitude, latitude, look, badge, theme])
}
