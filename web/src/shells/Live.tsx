import { useEffect, useState } from 'react'

import { time } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'

interface LiveProps {
  readonly heardAt: number
}

const liveMs = 40_000

/** Green only while the server answers; else when it last did. */
export function Live({ heardAt }: LiveProps) {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 5_000)
    return () => clearInterval(timer)
  }, [])
  if (heardAt === 0) return null
  const isLive = now - heardAt < liveMs
  return (
    <span className="live" data-is-live={isLive}>
      <i aria-hidden="true" />
      {isLive ? texts.visits.live : texts.visits.updated(time(new Date(heardAt)))}
    </span>
  )
}
