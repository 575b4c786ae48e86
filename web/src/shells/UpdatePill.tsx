import { useLocation } from '@tanstack/react-router'
import { RefreshCw } from 'lucide-react'
import { useSyncExternalStore } from 'react'

import { serviceWorker } from '../offline/service-worker-state.ts'
import { texts } from '../texts/texts.ts'

const { update } = texts

/**
 * A newer version of the app waits. While a sheet or a question is open, CSS hides it. Nor does it disturb
 * whoever logs a visit, unless nothing can be stored without it.
 */
export function UpdatePill() {
  const hasUpdate = useSyncExternalStore(serviceWorker.subscribe, serviceWorker.hasUpdate)
  const isOutdated = useSyncExternalStore(serviceWorker.subscribe, serviceWorker.isOutdated)
  const { pathname } = useLocation()
  if (!hasUpdate || (pathname === '/log' && !isOutdated)) return undefined
  return (
    <div className="update-pill" role="status">
      <RefreshCw aria-hidden="true" />
      {update.ready}
      <button type="button" onClick={() => serviceWorker.update()}>
        {update.reload}
      </button>
    </div>
  )
}
