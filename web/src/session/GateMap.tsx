import { useEffect, useState } from 'react'

import type { MapEngine } from '../map/engine.ts'
import { MapView } from '../map/MapView.tsx'
import { useMapTheme } from '../map/use-map-theme.ts'

/** A coast with a river and many towns: a picture, which says nothing of the account. */
const view = { center: [-9.09, 38.72], zoom: 9.4 } as const

/** Gives the map back as it was, since it is the one that the app goes on with. */
function showPicture({ map }: MapEngine): () => void {
  const before = { center: map.getCenter(), zoom: map.getZoom() }
  map.jumpTo({ center: [...view.center], zoom: view.zoom })
  return () => void map.jumpTo(before)
}

/** The bundled map, or the team's own, without anything on it. */
export function GateMap() {
  const theme = useMapTheme()
  const [engine, setEngine] = useState<MapEngine>()
  useEffect(() => engine && showPicture(engine), [engine])
  return <MapView theme={theme} onReady={setEngine} fallback={null} />
}
