import { lazy, Suspense, useSyncExternalStore } from 'react'

const GateMap = lazy(async () => ({ default: (await import('./GateMap.tsx')).GateMap }))

const wide = matchMedia('(min-width: 1024px)')

function subscribe(listener: () => void): () => void {
  wide.addEventListener('change', listener)
  return () => wide.removeEventListener('change', listener)
}

/** Beside the form, where there is room: a map to look at, no more. Paper and grid until it is there. */
export function GateArt() {
  const hasRoom = useSyncExternalStore(subscribe, () => wide.matches)
  return (
    <div className="art" aria-hidden="true" inert>
      {hasRoom && (
        <Suspense fallback={null}>
          <GateMap />
        </Suspense>
      )}
    </div>
  )
}
