import { useCallback, useEffect, useState } from 'react'

import { findFix, type Fix, type Fixing } from '../offline/fixes.ts'

const before: Fixing = { best: null, problem: null, isLooking: true }

/** A fix that was settled so long ago no longer shows where somebody is when they log. */
const freshMs = 60_000
/** After so long the server finds it too old, and nothing is shown of it. */
const staleMs = 120_000

export interface FixFinding extends Fixing {
  readonly lookAgain: () => void
}

/** Lets go of a fix that has become too old, also while the phone slept, and looks again. */
function useEndOf(
  best: Fix | null,
  setFixing: (fixing: Fixing) => void,
  lookAgain: () => void,
): void {
  useEffect(() => {
    if (!best) return undefined
    // NOTE: satellites and the phone may not agree on the time of the fix.
    const since = Date.now()
    const check = () => {
      const ageMs = Date.now() - since
      if (document.hidden || ageMs < freshMs) return
      if (ageMs >= staleMs) setFixing(before)
      lookAgain()
    }
    const timer = setTimeout(check, staleMs)
    document.addEventListener('visibilitychange', check)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', check)
    }
  }, [best, setFixing, lookAgain])
}

/** Looks for where the phone is while `isWanted`, and again before what it found is too old. */
export function useFix(isWanted: boolean): FixFinding {
  const [fixing, setFixing] = useState<Fixing>(before)
  const [round, setRound] = useState(0)
  const lookAgain = useCallback(() => setRound((last) => last + 1), [])
  const { best, problem, isLooking } = fixing

  useEffect(() => {
    if (!isWanted) return undefined
    return findFix((next) =>
      setFixing((last) => {
        // The last one stays until there is another, or it is certain that there is none.
        const isOver = next.best !== null || next.problem === 'permission_denied'
        return isOver || !last.best ? next : { ...next, best: last.best }
      }),
    )
  }, [isWanted, round])

  const isSettled = isWanted && !isLooking && best !== null
  useEffect(() => {
    if (!isSettled) return undefined
    const timer = setTimeout(lookAgain, freshMs)
    return () => clearTimeout(timer)
  }, [isSettled, best, round, lookAgain])
  useEndOf(isWanted ? best : null, setFixing, lookAgain)

  // Somebody may come back from the phone's settings.
  const isMissing = isWanted && problem !== null
  useEffect(() => {
    if (!isMissing) return undefined
    const seen = () => {
      if (!document.hidden) lookAgain()
    }
    document.addEventListener('visibilitychange', seen)
    return () => document.removeEventListener('visibilitychange', seen)
  }, [isMissing, lookAgain])

  return {
    ...fixing,
    lookAgain: useCallback(() => {
      setFixing(before)
      lookAgain()
    }, [lookAgain]),
  }
}
