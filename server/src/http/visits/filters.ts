import type { VisitFilters } from '@doorstep/contract/visit-filters'

import type { AccountKey } from '../../domain/accounts.ts'
import type { Box, Circle } from '../../domain/ranges.ts'
import type { Store } from '../../domain/store.ts'
import { type VisitFilter, visitFilterParameters } from '../../domain/visits.ts'
import { ApiError, invalidParameter } from '../errors.ts'
import { type ExternalQuery, idsOf } from '../request/external-ids.ts'
import type { OfEveryExport, OfEveryList } from '../request/filter-readers.ts'
import { toTimeRange } from '../request/time-ranges.ts'

type Parameters = typeof visitFilterParameters

/** NOTE: the type makes tsc find a parameter of the contract that no filter reads. */
const filterParameters: {
  readonly [
    Name in Exclude<keyof VisitFilters, keyof Omit<ExternalQuery, 'ids'>>
  ]-?: Parameters[Name]
} = visitFilterParameters
const filterNames = Object.keys(filterParameters) as (keyof Parameters)[]

/** NOTE: the type makes tsc compare each parameter's values with its filter's. */
type FilterQuery = {
  readonly [Name in keyof Parameters]?: VisitFilter[Parameters[Name]]
}

/** NOTE: the type makes tsc find a parameter of an operation that nothing reads. */
type NoOther<Query, Known> = { readonly [Name in Exclude<keyof Query, Known>]: never }

/**
 * The filter that a query of the contract's `visitFilters` describes. `query` has no parameters that
 * the caller reads, except those of every list or export. Throws 400.
 */
export const readVisitFilter = async <Query extends VisitFilters>(
  store: Pick<Store, 'externalIds'>,
  account: AccountKey,
  query: Query & NoOther<Query, keyof VisitFilters | OfEveryList | OfEveryExport | 'min_position'>,
): Promise<VisitFilter> => ({
  ...toVisitFilter(query),
  ids: await idsOf('visit', store, account, query),
})

function toVisitFilter(query: VisitFilters): VisitFilter {
  const values: FilterQuery = {
    ...query,
    visited_at: query.visited_at && toTimeRange(query.visited_at),
    created_at: query.created_at && toTimeRange(query.created_at),
    updated_at: query.updated_at && toTimeRange(query.updated_at),
    near: query.near && toCircle(query.near),
    bbox: query.bbox && toBox(query.bbox),
  }
  const filter: VisitFilter = {}
  for (const name of filterNames) {
    const value = values[name]
    if (value !== undefined) Object.assign(filter, { [filterParameters[name]]: value })
  }
  return filter
}

export const toCircle = ([latitude, longitude, radiusM]: readonly [
  number,
  number,
  number,
]): Circle => ({ latitude, longitude, radiusM })

export function toBox(given: readonly [number, number, number, number]): Box {
  const [west, south, east, north] = given
  if (south <= north) return { west, south, east, north }
  const why = `must have its south at or below its north, given: ${given.join()}`
  throw new ApiError([invalidParameter('bbox', why)])
}
