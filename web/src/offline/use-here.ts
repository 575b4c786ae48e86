import { useCallback, useEffect, useRef, useState } from 'react'

import { findFix, type Fix, type NoFix } from './fixes.ts'
import { phoneStore } from './phone.ts'
import { isElsewhere, keepLastPlace } from './records.ts'
import { renewRecords } from './use-records.ts'

/** Whether the browser says where it is; `ask`: only after a question. */
export type LocationState = 'unclear' | 'ask' | 'allowed' | 'denied'

export interface Here {
  readonly state: LocationState
  readonly fix: Fix | null
  readonly problem: NoFix | null
  readonly isLooking: boolean
  /** Looks again; where the browser has not been asked yet, it asks. */
  readonly look: () => void
}

const everyMs = 45_000
const staleMs = 30_000

const states = { granted: 'allowed', prompt: 'ask', denied: 'denied' } as const

/** Follows what the browser allows, and asks for nothing. */
function useLocationState(): [LocationState, (state: LocationState) => void] {
  // NOTE: a browser that cannot tell, or does not know of permissions, has to be asked.
  const [state, setState] = useState<LocationState>(() =>
    'permissions' in navigator ? 'unclear' : 'ask',
  )
  useEffect(() => {
    const ending = new AbortController()
    if (!('permissions' in navigator)) return undefined
    void navigator.permissions
      .query({ name: 'geolocation' })
      .then((status) => {
        if (ending.signal.aborted) return
        const update = () => setState(states[status.state])
        status.addEventListener('change', update, { signal: ending.signal })
        update()
      })
      .catch(() => setState('ask'))
    return () => ending.abort()
  }, [])
  return [state, setState]
}

/** The newer one, unless it is the less sure of two of about the same time. */
function better(before: Fix | null, next: Fix): Fix {
  const isFresh = before !== null && next.at - before.at < staleMs
  return isFresh && before.accuracy < next.accuracy ? before : next
}

/** Has those near read, also when the app is opened next. */
export async function notePlace(fix: Fix): Promise<void> {
  const { database } = await phoneStore()
  await keepLastPlace(database, fix)
  if (await isElsewhere(database, fix)) await renewRecords()
}

/** Where the phone is, looked for again while the page is seen. Nothing of it is sent. */
export function useHere(): Here {
  const [state, setState] = useLocationState()
  const [fix, setFix] = useState<Fix | null>(null)
  const [problem, setProblem] = useState<NoFix | null>(null)
  const [isLooking, setIsLooking] = useState(false)
  const end = useRef<() => void>(undefined)

  const look = useCallback(() => {
    end.current?.()
    setIsLooking(true)
    end.current = findFix((found) => {
      const { best } = found
      if (best) {
        setFix((before) => better(before, best))
        setState('allowed')
      }
      if (found.problem === 'permission_denied') setState('denied')
      setProblem(found.problem)
      setIsLooking(found.isLooking)
      if (best && !found.isLooking) void notePlace(best)
    })
  }, [setState])

  const isAllowed = state === 'allowed'
  useEffect(() => {
    if (!isAllowed) return undefined
    const first = setTimeout(look)
    const again = () => {
      if (!document.hidden) look()
    }
    const timer = setInterval(again, everyMs)
    document.addEventListener('visibilitychange', again)
    return () => {
      clearTimeout(first)
      clearInterval(timer)
      document.removeEventListener('visibilitychange', again)
    }
  }, [isAllowed, look])
  useEffect(() => () => end.current?.(), [])

  return { state, fix: state === 'denied' ? null : fix, problem, isLooking, look }
}
