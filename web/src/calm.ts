import { useSyncExternalStore } from 'react'

import { queryClient } from './api/query-client.ts'

/** So long the browser expects nothing to do, where no frame waits to be drawn. */
const freeMs = 40
/** Between two looks. */
const lookMs = 50
/** What waits for calm begins by then at the latest. */
const calmMaxMs = 3_000

let isCalm = false
let isWatched = false
const listeners = new Set<() => void>()

function begin(): void {
  if (isCalm) return
  isCalm = true
  for (const listener of listeners) listener()
}

function look(): void {
  requestIdleCallback((idle) => {
    if (queryClient.isFetching() === 0 && idle.timeRemaining() >= freeMs) begin()
    else if (!isCalm) setTimeout(look, lookMs)
  })
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  if (!isWatched) {
    isWatched = true
    setTimeout(begin, calmMaxMs)
    // NOTE: Safari lacks it.
    if ('requestIdleCallback' in globalThis) setTimeout(look)
  }
  return () => void listeners.delete(listener)
}

/** Whether the first screen is drawn, so that what nobody waits for may begin. */
export const useIsCalm = (): boolean => useSyncExternalStore(subscribe, () => isCalm)
