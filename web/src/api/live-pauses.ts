import { sessionExpiry } from './session-expiry.ts'

/** Waits; ends early when the network is back, or when nobody waits any more. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      globalThis.removeEventListener('online', end)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    globalThis.addEventListener('online', end)
    signal.addEventListener('abort', end)
  })
}

/** Waits until the session that has ended is there again. */
export function untilSignedIn(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!signal.aborted && sessionExpiry.hasExpired()) return
      stop()
      signal.removeEventListener('abort', look)
      resolve()
    }
    const stop = sessionExpiry.subscribe(look)
    signal.addEventListener('abort', look)
    look()
  })
}

/** Runs at once, and after that at most once in `ms`; what was asked for meanwhile runs at its end. */
export function atMostEvery(ms: number, run: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isAskedFor = false
  const end = () => {
    timer = undefined
    if (isAskedFor) start()
  }
  const start = () => {
    isAskedFor = false
    timer = setTimeout(end, ms)
    run()
  }
  return () => {
    if (timer === undefined) start()
    else isAskedFor = true
  }
}
