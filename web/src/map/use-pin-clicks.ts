import type { GeoJSONSource, MapLayerMouseEvent } from 'maplibre-gl'
import { useEffect, useRef } from 'react'

import type { Box } from '../api/maps.ts'
import type { Insets } from './camera.ts'
import type { MapEngine } from './engine.ts'
import { pinLayers, pinSource } from './pin-layers.ts'
import { fit } from './use-place.ts'
import { around } from './view.ts'

/** From here on a cluster is a list of those at one door. */
const doorZoom = 16
/** Those at one place, whatever the zoom: a few metres. */
const doorDegrees = 0.0002
const leavesMax = 5_000

export interface PinClicks {
  readonly onPin: (key: string) => void
  /** Those at one door, and the box around them. */
  readonly onDoor: (count: number, bbox: Box) => void
}

const layers = Object.values(pinLayers)

const isDoor = (engine: MapEngine, [west, south, east, north]: Box): boolean =>
  engine.map.getZoom() >= doorZoom || (east - west < doorDegrees && north - south < doorDegrees)

/** So that those on its edges belong to it. */
const widened = ([west, south, east, north]: Box): Box => [
  west - 1e-5,
  south - 1e-5,
  east + 1e-5,
  north + 1e-5,
]

async function boxOfCluster(engine: MapEngine, id: number): Promise<Box | null> {
  const source = engine.map.getSource<GeoJSONSource>(pinSource)
  const leaves = (await source?.getClusterLeaves(id, leavesMax, 0)) ?? []
  return around(
    leaves.flatMap(({ geometry }) => {
      if (geometry.type !== 'Point') return []
      const [longitude = 0, latitude = 0] = geometry.coordinates
      return [{ longitude, latitude }]
    }),
  )
}

function boxIn(text: unknown): Box | null {
  const [west, south, east, north] = String(text).split(',').map(Number)
  return west !== undefined && south !== undefined && east !== undefined && north !== undefined
    ? [west, south, east, north]
    : null
}

/** What clicks on pins and clusters do: open, or come closer. */
export function usePinClicks(engine: MapEngine | null, clicks: PinClicks, padding: Insets): void {
  const latest = useRef({ clicks, padding })
  useEffect(() => {
    latest.current = { clicks, padding }
  })
  useEffect(() => {
    if (!engine) return undefined
    const { map } = engine
    const click = async ({ features }: MapLayerMouseEvent) => {
      const { properties = {}, layer } = features?.[0] ?? {}
      if (layer?.id === pinLayers.pins) return latest.current.clicks.onPin(String(properties.key))
      const box =
        layer?.id === pinLayers.serverClusters
          ? boxIn(properties.bbox)
          : await boxOfCluster(engine, Number(properties.cluster_id))
      if (!box) return
      if (isDoor(engine, box)) {
        return latest.current.clicks.onDoor(Number(properties.point_count), widened(box))
      }
      fit(engine, box, latest.current.padding, doorZoom)
    }
    const onClick = (event: MapLayerMouseEvent) => void click(event)
    const point = () => void (map.getCanvas().style.cursor = 'pointer')
    const leave = () => void (map.getCanvas().style.cursor = '')
    map.on('click', layers, onClick)
    map.on('mouseenter', layers, point)
    map.on('mouseleave', layers, leave)
    return () => {
      map.off('click', layers, onClick)
      map.off('mouseenter', layers, point)
      map.off('mouseleave', layers, leave)
      leave()
    }
  }, [engine])
}
