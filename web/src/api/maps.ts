import type { Customer } from '@doorstep/contract/customers'
import type { CustomerMap, VisitMap } from '@doorstep/contract/maps'
import type { VisitFilters } from '@doorstep/contract/visit-filters'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'

import { client } from './client.ts'

export type { CustomerMap, VisitMap }

/** West, south, east, north, in degrees. */
export type Box = readonly [west: number, south: number, east: number, north: number]

/** A part of the world and its scale. */
export interface MapPart {
  readonly bbox: Box
  readonly zoom: number
}

/** Which customers a map shows, in the words of the API. */
export interface MapCustomerFilters {
  readonly resource_type?: 'lead' | 'contact' | undefined
  readonly owner_id?: number | undefined
  readonly below?: number | undefined
  readonly unvisited_since?: string | undefined
  readonly outcome_id?: number | undefined
}

/** Of the whole world: clusters of a country, if there are too many to send each. */
const worldZoom = 4

function viewOf(part: MapPart | null) {
  if (part === null) return { clusters: false, zoom: worldZoom }
  const [west, south, east, north] = part.bbox
  const bbox: [number, number, number, number] = [west, south, east, north]
  return { clusters: false, zoom: part.zoom, bbox }
}

/** Visits as pins, or clusters where there are too many; `part` null: of the world. */
export const visitMapQuery = (filters: VisitFilters, part: MapPart | null) =>
  queryOptions({
    queryKey: ['map', 'visits', filters, part],
    queryFn: async ({ signal }): Promise<VisitMap> =>
      (await client.maps.visits({ ...filters, ...viewOf(part) }, { signal })).data,
  })

export const customerMapQuery = (filters: MapCustomerFilters, part: MapPart | null) =>
  queryOptions({
    queryKey: ['map', 'customers', filters, part],
    queryFn: async ({ signal }): Promise<CustomerMap> =>
      (await client.maps.customers({ ...given(filters), ...viewOf(part) }, { signal })).data,
  })

/** The customers of a part of the world, those nearest to its middle first. */
export const customerListQuery = (filters: MapCustomerFilters, bbox: Box) =>
  infiniteQueryOptions({
    queryKey: ['map', 'customer-list', filters, bbox],
    queryFn: async ({ pageParam, signal }) => {
      const { resource_type: kind, ...rest } = given(filters)
      const [west, south, east, north] = bbox
      const middle = west > east ? (west + east + 360) / 2 : (west + east) / 2
      const { items, meta } = await client.customers.list(
        {
          ...rest,
          bbox: [west, south, east, north],
          near: [(south + north) / 2, middle > 180 ? middle - 360 : middle, farthestM],
          cursor: pageParam,
          per_page: 100,
        },
        { signal },
      )
      const found = items.flatMap(({ data }) => ('deleted' in data ? [] : [data]))
      return {
        customers: found.filter(({ resource_type: each }) => kind === undefined || each === kind),
        next: meta.next_cursor,
      }
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })

export type { Customer }

/** Half around the world. */
const farthestM = 20_100_000

/** Without those that are not set. */
function given(filters: MapCustomerFilters) {
  const { resource_type: kind, owner_id: owner, below, unvisited_since: since } = filters
  const { outcome_id: outcome } = filters
  return {
    ...(kind !== undefined && { resource_type: kind }),
    ...(owner !== undefined && { owner_id: owner }),
    ...(below !== undefined && { below }),
    ...(since !== undefined && { unvisited_since: since }),
    ...(outcome !== undefined && { outcome_id: outcome }),
  }
}
