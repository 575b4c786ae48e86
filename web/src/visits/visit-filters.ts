import type { VisitFilters as ApiFilters } from '@doorstep/contract/visit-filters'

import { dayIn, firstOfLast, laterBy, startIn } from '../texts/zone-days.ts'
import type { VisitsSearch } from './visits-search.ts'

/** The first and the last day that the filters leave, if they bound them. */
export function daysIn({ last, from, to, zone }: VisitsSearch): {
  readonly first: string | undefined
  readonly end: string | undefined
} {
  if (last === undefined) return { first: from, end: to }
  return { first: firstOfLast(last, zone), end: dayIn(Date.now(), zone) }
}

function timeIn(search: VisitsSearch): Pick<ApiFilters, 'visited_at'> {
  const { first, end } = daysIn(search)
  if (first === undefined && end === undefined) return {}
  // The last days have no end, so that a visit of this moment is one of them.
  const until = search.last === undefined ? end : undefined
  return {
    visited_at: {
      ...(first !== undefined && { gte: startIn(first, search.zone).toISOString() }),
      ...(until !== undefined && { lt: startIn(laterBy(until, 1), search.zone).toISOString() }),
    },
  }
}

const several = <Value>(values: readonly Value[] | undefined): Value[] | undefined =>
  values && [...values]

/** The filters of the URL as the API takes them. */
export function visitFilters(search: VisitsSearch): ApiFilters {
  const [west, south, east, north] = search.bbox ?? []
  const filters: { [Name in keyof ApiFilters]: ApiFilters[Name] | undefined } = {
    ...timeIn(search),
    creator_id: several(search.rep),
    below: search.below,
    outcome_id: several(search.outcome),
    rep_location_verification_status: several(search.status),
    reason: several(search.reason),
    flag: several(search.flag),
    review: search.review,
    without: search.without,
    resource_type: search.type,
    resource_id: search.customer,
    bbox:
      west !== undefined && south !== undefined && east !== undefined && north !== undefined
        ? [west, south, east, north]
        : undefined,
  }
  return withoutMissing(filters)
}

function withoutMissing(filters: {
  [Name in keyof ApiFilters]: ApiFilters[Name] | undefined
}): ApiFilters {
  const given: ApiFilters = {}
  for (const [name, value] of Object.entries(filters)) {
    if (value !== undefined) Reflect.set(given, name, value)
  }
  return given
}
