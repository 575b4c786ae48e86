import './map.css'
import type { MapTheme } from '@doorstep/contract/map-palette'
import { useQuery } from '@tanstack/react-query'
import {
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'

import { appQuery } from '../api/app-info.ts'
import { queryClient } from '../api/query-client.ts'
import { texts } from '../texts/texts.ts'
import { type MapEngine, mapEngine } from './engine.ts'
import { NoMap } from './NoMap.tsx'
import { plain } from './plain.ts'
import { type Scale, scaleOf } from './scale.ts'

export interface MapViewProps {
  readonly theme: MapTheme
  /** Receives the map once it is in place; never where the browser cannot draw it. */
  readonly onReady?: ((engine: MapEngine) => void) | undefined
  /** Called where it cannot. */
  readonly onMissing?: (() => void) | undefined
  /** In place of a map that cannot be drawn. */
  readonly fallback?: ReactNode
  /** What floats on the map. */
  readonly children?: ReactNode
}

/** Shows the app's map with its scale and whom it names. One at a time. */
export function MapView(props: MapViewProps) {
  const { theme, onReady, onMissing, fallback = <CannotDraw />, children } = props
  const [engine] = useState(() => mapEngine(theme))
  useEffect(() => {
    if (!engine) onMissing?.()
  }, [engine, onMissing])
  return (
    <div className="map">
      {engine ? <Drawn engine={engine} theme={theme} onReady={onReady} /> : fallback}
      {children}
    </div>
  )
}

const CannotDraw = () => (
  <NoMap title={texts.map.cannotDraw}>
    <p className="muted">{texts.map.cannotDrawHelp}</p>
  </NoMap>
)

type DrawnProps = Pick<MapViewProps, 'theme' | 'onReady'> & { readonly engine: MapEngine }

function Drawn({ engine, theme, onReady }: DrawnProps) {
  const place = useRef<HTMLDivElement>(null)
  const credits = useCredits(engine)

  useLayoutEffect(() => (place.current ? engine.placeIn(place.current) : undefined), [engine])
  useEffect(() => engine.setTheme(theme), [engine, theme])
  useEffect(() => onReady?.(engine), [engine, onReady])

  return (
    <>
      <div className="map-place" ref={place} />
      <ScaleBar engine={engine} />
      <p className="map-credits">{credits}</p>
    </>
  )
}

/** What the server says, which knows what was typed for a map elsewhere; else what the map says. */
function useCredits(engine: MapEngine): string {
  const said = useSyncExternalStore(engine.subscribe, () => engine.credits)
  const isLoaded = useSyncExternalStore(engine.subscribe, () => engine.isLoaded)
  const { data: app } = useQuery(appQuery, queryClient)
  return isLoaded && app?.map.attribution ? plain(app.map.attribution) : said
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
