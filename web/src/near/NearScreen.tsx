import './near.css'
import './near-list.css'
import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState } from 'react'

import type { Box } from '../api/maps.ts'
import { useHere } from '../offline/use-here.ts'
import { useTitle } from '../parts/use-title.ts'
import { texts } from '../texts/texts.ts'
import { FindButton, FindField } from './FindField.tsx'
import type { NearSearch } from './near-search.ts'
import { NearChips } from './NearChips.tsx'
import { NearContent } from './NearContent.tsx'
import { NearSheet, type SheetHeight } from './NearSheet.tsx'
import { isFirstTime, titleOf, useLine } from './use-location-words.ts'
import { useNear } from './use-near.ts'

// The list is there before the map, which is most of what a phone loads.
const NearMap = lazy(async () => ({ default: (await import('./NearMap.tsx')).NearMap }))

const route = getRouteApi('/shell/near')
const words = texts.near
const halfShare = 0.48
const lowPx = 104

/** The height of an element, as it changes. */
function useHeight(element: HTMLElement | null): number {
  const [px, setPx] = useState(0)
  useEffect(() => {
    if (!element) return undefined
    const observer = new ResizeObserver(() => setPx(element.clientHeight))
    observer.observe(element)
    return () => observer.disconnect()
  }, [element])
  return px
}

function useUrl() {
  const search: NearSearch = route.useSearch()
  const navigate = route.useNavigate()
  return {
    search,
    change: (change: NearSearch, replace = true) =>
      void navigate({ search: (before) => ({ ...before, ...change }), replace }),
  }
}

/** The customers around the phone, on a map and as a list; all of it works without a network. */
export function NearScreen() {
  useTitle(texts.screens.near)
  const { search, change } = useUrl()
  const here = useHere()
  const [door, setDoor] = useState<Box | null>(null)
  const near = useNear(search, here, door)
  const [container, setContainer] = useState<HTMLElement | null>(null)
  const [low, setLow] = useState<'low' | 'half'>('half')
  const screenPx = useHeight(container)
  const line = useLine(near, here)
  const isFull = search.list !== undefined
  const height: SheetHeight = isFull ? 'full' : low
  const setHeight = (next: SheetHeight) => {
    if (next !== 'full') setLow(next)
    if (next !== 'full') setDoor(null)
    // Going back leads from the list to the map.
    if ((next === 'full') !== isFull) change({ list: next === 'full' ? 'yes' : undefined }, isFull)
  }
  const { records } = near
  const counts = records && !isFirstTime(records) ? near.counts : undefined
  const chips = { search, counts, onFilter: change }
  const coveredPx = low === 'low' ? lowPx : Math.round(screenPx * halfShare)
  const over = !isFull && (
    <>
      <FindButton query={search.q} onOpen={() => setHeight('full')} />
      <NearChips {...chips} isOver />
    </>
  )
  return (
    <div className="near-screen" ref={setContainer} style={{ '--near-covered': `${coveredPx}px` }}>
      <Suspense fallback={over}>
        <NearMap
          near={near}
          here={here}
          search={search}
          coveredPx={coveredPx}
          onAt={(at) => change({ at })}
          onDoor={(box) => {
            setDoor(box)
            setHeight('full')
          }}
        >
          {over}
        </NearMap>
      </Suspense>
      <NearSheet
        container={container}
        height={height}
        onHeight={setHeight}
        title={door ? words.atDoor(near.all.length) : titleOf(near, search, here)}
        line={line}
      >
        {isFull && (
          <>
            <FindField query={search.q} onQuery={(q) => change({ q })} />
            <NearChips {...chips} isOver={false} />
          </>
        )}
        <NearContent near={near} here={here} search={search} isFull={isFull} onClear={change} />
      </NearSheet>
    </div>
  )
}
