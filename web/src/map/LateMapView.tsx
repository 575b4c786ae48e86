import { type ComponentType, lazy, Suspense, useEffect, useState } from 'react'

import { Button } from '../parts/Button.tsx'
import { texts } from '../texts/texts.ts'
import type { MapViewProps } from './MapView.tsx'
import { NoMap } from './NoMap.tsx'

interface TryProps extends MapViewProps {
  readonly onAgain: () => void
}

/** React keeps what became of an import, so that each is a component of its own. */
const newTry = () =>
  lazy(async (): Promise<{ default: ComponentType<TryProps> }> => {
    try {
      return { default: (await import('./MapView.tsx')).MapView }
    } catch (error) {
      console.warn('No map:', error)
      latest = newTry()
      return { default: NotLoaded }
    }
  })

let latest = newTry()

/** The map, which is far more than the list and comes after it. Where it does not come, it can be asked for again. */
export function LateMapView(props: MapViewProps) {
  const [Try, setTry] = useState(() => latest)
  return (
    <Suspense>
      <Try {...props} onAgain={() => setTry(() => latest)} />
    </Suspense>
  )
}

function NotLoaded({ onMissing, onAgain }: TryProps) {
  useEffect(() => onMissing?.(), [onMissing])
  return (
    <div className="map">
      <NoMap title={texts.map.failed}>
        <p>
          <Button onClick={onAgain}>{texts.parts.again}</Button>
        </p>
      </NoMap>
    </div>
  )
}
