import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { visitMapQuery } from '../api/map.ts'
import type { MapSearch } from '../search.ts'
import { firstView } from './first-view.ts'
import { showsCustomers, visitsOn } from './map-choices.ts'
import type { View } from './view.ts'

/** What the map of visits will show first, as soon as it is known where they are. */
export function useFirstView(search: MapSearch): View | null {
  const [view, setView] = useState<View | null>(null)
  const enabled = view === null && !showsCustomers(search)
  const { data: world } = useQuery({ ...visitMapQuery(visitsOn(search), null), enabled })
  const found = enabled && world ? firstView(search, world) : null
  if (found) setView(found)
  return view
}
