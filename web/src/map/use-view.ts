import { useEffect, useState } from 'react'

import type { MapEngine } from './engine.ts'
import { holds, type Insets, type Seen, seenOn, type WidePart, widePart } from './view.ts'

/** Nothing is asked for while the map moves on within this time. */
const restMs = 120

export interface View {
  readonly seen: Seen
  /** The part that pins are there for, which changes less often than what is seen. */
  readonly part: WidePart
}

/** What the map shows, whenever it rests. */
export function useView(engine: MapEngine | null, insets: Insets): View | null {
  const [view, setView] = useState<View | null>(null)
  useEffect(() => {
    if (!engine) return undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    const read = () => {
      const seen = seenOn(engine, insets)
      setView((last) => {
        if (last && last.seen.box.join() === seen.box.join() && last.seen.zoom === seen.zoom) {
          return last
        }
        return { seen, part: last && holds(last.part, seen) ? last.part : widePart(seen) }
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
  }, [engine, insets])
  return view
}
