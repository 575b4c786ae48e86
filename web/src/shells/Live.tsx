import './live.css'
import { useEffect, useState, useSyncExternalStore } from 'react'

import { live } from '../api/live.ts'
import { useIsOnline } from '../offline/connection.ts'
import { time } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'

const liveMs = 40_000

/** Green only while there is a network and the server answers; else when it last did. For the bar of a screen. */
export function Live() {
  const isOnline = useIsOnline()
  const heardAt = useSyncExternalStore(live.subscribe, live.heardAt)
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 5_000)
    return () => clearInterval(timer)
  }, [])
  if (heardAt === 0) return null
  const isLive = isOnline && now - heardAt < liveMs
  return (
    <span className="live" data-is-live={isLive}>
      <i aria-hidden="true" />
      {isLive ? texts.shells.live : texts.shells.updated(time(new Date(heardAt)))}
    </span>
  )
}
