import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { type VisitMap, visitMapQuery } from '../api/maps.ts'
import type { MapSearch } from '../search.ts'
import { type FirstView, firstView } from './first-view.ts'
import { showsCustomers, visitsOn } from './map-choices.ts'

interface Made {
  readonly view: FirstView
  readonly world: VisitMap
  readonly at: MapSearch['at']
}

/**
 * What the map of visits will show first, as soon as it is known where they are. Without a map, where nobody
 * can move on, it is all that the filters leave.
 */
export function useFirstView(search: MapSearch, isMissing: boolean): FirstView | null {
  const [made, setMade] = useState<Made | null>(null)
  const enabled = (made === null || isMissing) && !showsCustomers(search)
  const { data: world } = useQuery({ ...visitMapQuery(visitsOn(search), null), enabled })
  const isMade = made && !(isMissing && (made.world !== world || made.at))
  if (enabled && world && !isMade) {
    const at = isMissing ? undefined : search.at
    const view = firstView({ ...search, at }, world)
    if (view) setMade({ view, world, at })
  }
  return made?.view ?? null
}
