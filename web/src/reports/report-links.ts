import type { VisitFilters } from '../search.ts'
import { laterBy, startIn } from '../texts/zone-days.ts'
import type { Days } from './periods.ts'
import type { ReportsSearch } from './reports-search.ts'

/** The filters of a list of visits whose total is a number of the report. */
export type ListOf = (change: Partial<VisitFilters>, days?: Days) => VisitFilters

/** Lists what a number counts: the report's filters, what the number is of, and its days. */
export function listOf(search: ReportsSearch, shown: Days, zone: string | undefined): ListOf {
  const { by: _by, sort: _sort, time: _time, last: _last, visit: _visit, ...filters } = search
  return (change, { first, end } = shown) => ({
    ...filters,
    ...change,
    status: both(filters.status, change.status),
    rep: both(filters.rep, change.rep),
    from: first,
    to: end,
    zone: isOther(zone, { first, end }) ? zone : undefined,
  })
}

function both<Value>(one: readonly Value[] | undefined, other: readonly Value[] | undefined) {
  return one && other ? one.filter((value) => other.includes(value)) : (one ?? other)
}

/** Whether the days begin at other moments in the zone than in the browser's. */
function isOther(zone: string | undefined, { first, end }: Days): boolean {
  const ends = [first, end === undefined ? undefined : laterBy(end, 1)]
  return ends.some(
    (day) =>
      day !== undefined && startIn(day, zone).getTime() !== startIn(day, undefined).getTime(),
  )
}
