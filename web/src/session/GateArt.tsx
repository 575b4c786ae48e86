import { Component, lazy, type ReactNode, Suspense, useSyncExternalStore } from 'react'

const GateMap = lazy(async () => ({ default: (await import('./GateMap.tsx')).GateMap }))

const wide = matchMedia('(min-width: 1024px)')

function subscribe(listener: () => void): () => void {
  wide.addEventListener('change', listener)
  return () => wide.removeEventListener('change', listener)
}

/** Nobody needs the picture to sign in: what fails in it leaves paper. */
class OrPaper extends Component<{ readonly children: ReactNode }> {
  override readonly state = { hasFailed: false }

  static getDerivedStateFromError = () => ({ hasFailed: true })

  override render(): ReactNode {
    return this.state.hasFailed ? null : this.props.children
  }
}

/** Beside the form, where there is room: a map to look at, no more. Paper and grid until it is there. */
export function GateArt() {
  const hasRoom = useSyncExternalStore(subscribe, () => wide.matches)
  return (
    <div className="art" aria-hidden="true" inert>
      {hasRoom && (
        <OrPaper>
          <Suspense fallback={null}>
            <GateMap />
          </Suspense>
        </OrPaper>
      )}
    </div>
  )
}
