import { useEffect } from 'react'

import { keepMapTiles } from './map-tiles.ts'
import { usePhoneStore } from './use-outbox.ts'

const waitMs = 5_000

/** Keeps the map of the world on this phone, when there is nothing else to do. */
export function useMapTiles(): void {
  const database = usePhoneStore()?.database
  useEffect(() => {
    if (!database) return undefined
    const ending = new AbortController()
    const keep = () => {
      // Without a network it is done when the app is opened next.
      void keepMapTiles(database, ending.signal).catch(() => {})
    }
    const timer = setTimeout(() => {
      if ('requestIdleCallback' in globalThis) requestIdleCallback(keep)
      else keep()
    }, waitMs)
    return () => {
      clearTimeout(timer)
      ending.abort()
    }
  }, [database])
}
