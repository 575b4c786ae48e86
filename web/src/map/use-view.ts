import { useEffect, useState } from 'react'

import type { Insets } from './camera.ts'
import type { MapEngine } from './engine.ts'
import { holds, isNear, seenOn, type View, widePart } from './view.ts'

/** Nothing is asked for while the map moves on within this time. */
const restMs = 120

/** What the map shows, whenever it rests; `first` until it is there. */
export function useView(engine: MapEngine | null, insets: Insets, first: View | null): View | null {
  const [view, setView] = useState<View | null>(null)
  useEffect(() => {
    if (!engine) return undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    const read = () => {
      const seen = seenOn(engine, insets)
      setView((last) => {
        const before = last ?? first
        if (before && isNear(before.seen, seen)) return last
        return { seen, part: before && holds(before.part, seen) ? before.part : widePart(seen) }
      })
    }
    const wait = () => {
      clearTimeout(timer)
      timer = setTimeout(read, restMs)
    }
    wait()
    engine.map.on('move', wait)
    engine.map.on('resize', wait)
    return () => {
      clearTimeout(timer)
      engine.map.off('move', wait)
      engine.map.off('resize', wait)
    }
  }, [engine, insets, first])
  return view ?? first
}
