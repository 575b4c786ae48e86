import type { Marker } from 'maplibre-gl'

import { donutRadius } from './donuts.ts'
import type { MapEngine } from './engine.ts'
import { pinLayers } from './pin-layers.ts'

/** Of a cluster of a million visits. */
const reachPx = 56
const dropPx = 54
const rings = [pinLayers.clusters, pinLayers.serverClusters]

/**
 * Lets a drop within the ring of a cluster stand on the ring's upper edge, or where that is too high on its
 * right one, since it would cover the number.
 * Returns how to leave it where it is.
 */
export function standOnCluster({ map }: MapEngine, marker: Marker): () => void {
  const [left, top] = [marker.getOffset().x, marker.getOffset().y]
  const stand = () => {
    const { x, y } = map.project(marker.getLngLat())
    const layers = rings.filter((id) => map.getLayer(id))
    const box: [[number, number], [number, number]] = [
      [x - reachPx, y - reachPx],
      [x + reachPx, y + reachPx],
    ]
    const edges = map.queryRenderedFeatures(box, { layers }).flatMap(({ geometry, properties }) => {
      if (geometry.type !== 'Point') return []
      const [longitude = 0, latitude = 0] = geometry.coordinates
      const middle = map.project([longitude, latitude])
      const radius = donutRadius(Number(properties.point_count))
      const isWithin = Math.hypot(middle.x - x, middle.y - y) < radius
      if (!isWithin) return []
      const isInView = middle.y - radius > dropPx
      return [
        isInView ? { x: middle.x, y: middle.y - radius } : { x: middle.x + radius, y: middle.y },
      ]
    })
    const [edge = { x, y }] = edges
    marker.setOffset([left + edge.x - x, top + edge.y - y])
  }
  stand()
  map.on('move', stand)
  map.on('idle', stand)
  return () => {
    map.off('move', stand)
    map.off('idle', stand)
  }
}
