import type { VisitFilters as VisitQuery } from '@doorstep/contract/visit-filters'

import type { MapCustomerFilters } from '../api/maps.ts'
import type { MapSearch } from '../search.ts'
import { firstOfLast, startIn } from '../texts/zone-days.ts'
import { visitFilters } from '../visits/visit-filters.ts'
import type { Colouring } from './colouring.ts'

type Layer = NonNullable<MapSearch['layer']>

export const layerOf = ({ layer = 'visits' }: MapSearch): Layer => layer

/** Whether pins are customers, not visits. */
export const showsCustomers = (search: MapSearch): boolean =>
  layerOf(search) === 'customers' || layerOf(search) === 'age'

/** By what the layer can be coloured; the first is usual. */
export function coloursOf(layer: Layer): readonly Colouring['by'][] {
  if (layer === 'age') return ['age']
  if (layer === 'customers') return ['outcome', 'rep']
  return layer === 'heat' ? [] : ['outcome', 'finding', 'rep', 'age']
}

export function colourOf(search: MapSearch): Colouring['by'] {
  const colours = coloursOf(layerOf(search))
  return colours.find((each) => each === search.by) ?? colours[0] ?? 'outcome'
}

/** The filter that a click in the legend sets; undefined: there is none. */
export function legendFilter(search: MapSearch): 'outcome' | 'status' | 'rep' | undefined {
  if (layerOf(search) === 'heat') return undefined
  const by = colourOf(search)
  if (by === 'finding') return 'status'
  return by === 'age' ? undefined : by
}

/** The filters without that of the legend, which counts also what it hides. */
export function withoutLegend(search: MapSearch): MapSearch {
  const filter = legendFilter(search)
  return filter === undefined ? search : { ...search, [filter]: undefined }
}

/** An area is where the map begins, no filter of it. */
export const visitsOn = (search: MapSearch): VisitQuery =>
  visitFilters({ ...search, bbox: undefined })

/**
 * Customers have one owner and one last outcome, of which the first is taken. Not visited for so many days
 * is: not in the last so many, of which today is one.
 */
export const customersOn = ({
  rep,
  below,
  type,
  unvisited,
  zone,
  outcome,
}: MapSearch): MapCustomerFilters => ({
  owner_id: rep?.[0],
  below,
  resource_type: type,
  unvisited_since:
    unvisited === undefined ? undefined : startIn(firstOfLast(unvisited, zone), zone).toISOString(),
  outcome_id: outcome?.[0],
})
