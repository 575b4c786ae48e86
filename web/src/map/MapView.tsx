import './map.css'
import type { MapTheme } from '@doorstep/contract/map-palette'
import {
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'

import { type MapEngine, mapEngine } from './engine.ts'
import { type Scale, scaleOf } from './scale.ts'

interface MapViewProps {
  readonly theme: MapTheme
  /** Receives the map once it is in place. */
  readonly onReady?: (engine: MapEngine) => void
  /** What floats on the map. */
  readonly children?: ReactNode
}

/** Shows the app's map with its scale and whom it names. One at a time. */
export function MapView({ theme, onReady, children }: MapViewProps) {
  const place = useRef<HTMLDivElement>(null)
  const [engine] = useState(() => mapEngine(theme))
  const credits = useSyncExternalStore(engine.subscribe, () => engine.credits)

  useLayoutEffect(() => (place.current ? engine.placeIn(place.current) : undefined), [engine])
  useEffect(() => engine.setTheme(theme), [engine, theme])
  useEffect(() => onReady?.(engine), [engine, onReady])

  return (
    <div className="map">
      <div className="map-place" ref={place} />
      <ScaleBar engine={engine} />
      <p className="map-credits">{credits}</p>
      {children}
    </div>
  )
}

function ScaleBar({ engine: { map } }: { readonly engine: MapEngine }) {
  const [scale, setScale] = useState<Scale>(() => readScale(map))
  useEffect(() => {
    const update = () => {
      const next = readScale(map)
      setScale((last) => (isSame(last, next) ? last : next))
    }
    update()
    map.on('move', update)
    return () => void map.off('move', update)
  }, [map])
  return (
    <div className="map-scale" aria-hidden="true">
      <i style={{ width: `${Math.round(scale.widthPx)}px` }} />
      {scale.text}
    </div>
  )
}

const readScale = (map: MapEngine['map']): Scale => scaleOf(map.getZoom(), map.getCenter().lat)

const isSame = (one: Scale, other: Scale): boolean =>
  one.text === other.text && Math.round(one.widthPx) === Math.round(other.widthPx)
