import './offline.css'
import { CloudOff } from 'lucide-react'
import { useSyncExternalStore } from 'react'

import { live } from '../api/live.ts'
import { useIsOnline } from '../offline/connection.ts'
import { time } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'

/** While there is no network: that what is shown is the last that was read, and from when. */
export function Offline() {
  const isOnline = useIsOnline()
  const answeredAt = useSyncExternalStore(live.subscribe, live.heardAt)
  return (
    <div className="offline" role="status">
      {!isOnline && (
        <span>
          <CloudOff aria-hidden="true" />
          <b>{texts.shells.offline}</b>
          {answeredAt > 0 && texts.shells.updated(time(new Date(answeredAt)))}
        </span>
      )}
    </div>
  )
}
