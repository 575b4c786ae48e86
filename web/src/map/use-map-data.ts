import type { MapTheme } from '@doorstep/contract/map-palette'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'

import {
  type CustomerMap,
  customerMapQuery,
  type MapPart,
  type VisitMap,
  visitMapQuery,
} from '../api/maps.ts'
import { usersQuery } from '../api/users.ts'
import { outcomesQuery } from '../api/visit-outcomes.ts'
import type { MapSearch } from '../search.ts'
import { type Colouring, colouringOf, countsOf } from './colouring.ts'
import {
  colourOf,
  customersOn,
  legendFilter,
  showsCustomers,
  visitsOn,
  withoutLegend,
} from './map-choices.ts'

interface Answers<Data> {
  /** What is drawn: of the world, or of what is seen where that is too much. */
  readonly shown: Data | undefined
  /** All that the filters leave. */
  readonly world: Data | undefined
  /** The same without the filter of the legend. */
  readonly facets: Data | undefined
  readonly error: Error | null
  readonly retry: () => void
}

/** Whether the server has put some together, as there are too many. */
const isLarge = (data: VisitMap | CustomerMap | undefined): boolean =>
  data !== undefined && data.clusters.length > 0

function useVisits(search: MapSearch, part: MapPart | null, enabled: boolean): Answers<VisitMap> {
  const filters = visitsOn(search)
  const world = useQuery({ ...visitMapQuery(filters, null), enabled })
  const facets = useQuery({
    ...visitMapQuery(visitsOn(withoutLegend(search)), null),
    enabled: enabled && legendFilter(search) !== undefined,
  })
  const near = useQuery({
    ...visitMapQuery(filters, part),
    enabled: enabled && part !== null && isLarge(world.data),
  })
  return {
    shown: isLarge(world.data) ? (near.data ?? world.data) : world.data,
    world: world.data,
    facets: facets.data,
    error: world.error,
    retry: () => void world.refetch(),
  }
}

function useCustomers(
  search: MapSearch,
  part: MapPart | null,
  enabled: boolean,
): Answers<CustomerMap> {
  const filters = customersOn(search)
  const world = useQuery({ ...customerMapQuery(filters, null), enabled })
  const facets = useQuery({
    ...customerMapQuery(customersOn(withoutLegend(search)), null),
    enabled,
  })
  const near = useQuery({
    ...customerMapQuery(filters, part),
    enabled: enabled && part !== null && isLarge(world.data),
  })
  return {
    shown: isLarge(world.data) ? (near.data ?? world.data) : world.data,
    world: world.data,
    facets: facets.data,
    error: world.error,
    retry: () => void world.refetch(),
  }
}

export interface MapData {
  readonly visits: VisitMap | undefined
  readonly customers: CustomerMap | undefined
  /** Sums of what is shown, on the map or not. */
  readonly world: VisitMap | CustomerMap | undefined
  readonly colouring: Colouring
  /** Of each look, and of what has none; null: nobody can tell. */
  readonly counts: readonly number[] | null
  readonly error: Error | null
  readonly retry: () => void
}

/** What the map shows of visits or customers, and in which colours. */
export function useMapData(search: MapSearch, part: MapPart | null, theme: MapTheme): MapData {
  const isCustomers = showsCustomers(search)
  const visits = useVisits(search, part, !isCustomers)
  const customers = useCustomers(search, part, isCustomers)
  const { facets, world, error, retry } = isCustomers ? customers : visits
  const { data: outcomes } = useQuery(outcomesQuery)
  const { data: users } = useQuery(usersQuery)
  const [nowMs] = useState(Date.now)
  const by = colourOf(search)
  const colouring = useMemo(
    () =>
      colouringOf(by, {
        outcomes: outcomes ?? [],
        people: by === 'rep' ? peopleIn(facets, users ?? []) : [],
        theme,
        nowMs,
      }),
    [by, outcomes, users, facets, theme, nowMs],
  )
  const counts = useMemo(
    () => (facets ? countsOf(facets, colouring) : world ? countsOf(world, colouring) : null),
    [facets, world, colouring],
  )
  return {
    visits: isCustomers ? undefined : visits.shown,
    customers: isCustomers ? customers.shown : undefined,
    world,
    colouring,
    counts,
    error,
    retry,
  }
}

interface Person {
  readonly id: number
  readonly name: string
}

/** Those who have most on the map first; where nobody can tell, all as they come. */
function peopleIn(
  data: VisitMap | CustomerMap | undefined,
  users: readonly Person[],
): readonly Person[] {
  if (!data || isLarge(data)) return users
  const counts = new Map<number, number>()
  for (const point of data.points) {
    const id = 'creator_id' in point ? point.creator_id : point.owner_id
    if (id !== null) counts.set(id, (counts.get(id) ?? 0) + 1)
  }
  return users
    .filter(({ id }) => counts.has(id))
    .toSorted((a, b) => (counts.get(b.id) ?? 0) - (counts.get(a.id) ?? 0))
}
