/** A fix of the phone. `accuracy` in metres, `at` in ms. */
export interface Fix {
  readonly latitude: number
  readonly longitude: number
  readonly accuracy: number
  readonly at: number
}

export type NoFix = 'permission_denied' | 'position_unavailable' | 'timeout'

export interface Fixing {
  /** The best fix so far. */
  readonly best: Fix | null
  /** Why there is none. */
  readonly problem: NoFix | null
  /** Whether a better one may still come. */
  readonly isLooking: boolean
}

const lookMs = 20_000
const goodM = 15

const problems = ['permission_denied', 'position_unavailable', 'timeout'] as const

const clockErrorMs = 12 * 3_600_000

/** Satellites know the time: it is not that of the phone where its clock is wrong by a day. */
function timeOf(timestamp: number): number {
  const now = Date.now()
  return Math.abs(now - timestamp) > clockErrorMs ? now : timestamp
}

/**
 * Looks for where the phone is until it is sure to 15 m, for 20 s at most, and reports the best fix so
 * far. The result ends it earlier.
 */
export function findFix(onChange: (state: Fixing) => void): () => void {
  let state: Fixing = { best: null, problem: null, isLooking: true }
  const set = (change: Partial<Fixing>): void => {
    state = { ...state, ...change }
    onChange(state)
  }
  const end = (): void => {
    clearTimeout(timer)
    navigator.geolocation.clearWatch(watch)
  }
  const settle = (change: Partial<Fixing>): void => {
    end()
    set({ ...change, isLooking: false })
  }
  const watch = navigator.geolocation.watchPosition(
    ({ coords: { latitude, longitude, accuracy }, timestamp }) => {
      // What a device reports that does not know its place.
      if (latitude === 0 && longitude === 0) {
        if (!state.best) set({ problem: 'position_unavailable' })
        return
      }
      const fix = { latitude, longitude, accuracy, at: timeOf(timestamp) }
      if (state.best && state.best.accuracy <= accuracy) return
      if (accuracy <= goodM) settle({ best: fix, problem: null })
      else set({ best: fix, problem: null })
    },
    ({ code }) => {
      const problem = problems[code - 1] ?? 'position_unavailable'
      // Once it has been refused, nothing better comes.
      if (problem === 'permission_denied') settle({ problem })
      else if (!state.best) set({ problem })
    },
    { enableHighAccuracy: true, maximumAge: 0, timeout: lookMs },
  )
  const timer = setTimeout(() => {
    settle(state.best ? {} : { problem: state.problem ?? 'timeout' })
  }, lookMs)
  return end
}
