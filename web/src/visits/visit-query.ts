import { printQuery } from '@doorstep/client/query'
import type { VisitFilters as ApiFilters } from '@doorstep/contract/visit-filters'

import { parseVisitFilters } from '../search.ts'
import { dayOf } from '../texts/days.ts'
import { dayIn, laterBy, startIn } from '../texts/zone-days.ts'
import { columnNames } from './column-names.ts'
import type { VisitsSearch } from './visits-search.ts'

/** The same filters in the words of the URL and of the API. */
const words = [
  ['rep', 'creator_id'],
  ['below', 'below'],
  ['outcome', 'outcome_id'],
  ['status', 'rep_location_verification_status'],
  ['reason', 'reason'],
  ['flag', 'flag'],
  ['review', 'review'],
  ['without', 'without'],
  ['type', 'resource_type'],
  ['customer', 'resource_id'],
  ['bbox', 'bbox'],
] as const

/** The first and the last day that the filters leave, if they bound them. */
export function daysIn({ last, from, to, zone }: VisitsSearch): {
  readonly first: string | undefined
  readonly end: string | undefined
} {
  if (last === undefined) return { first: from, end: to }
  const today = dayIn(Date.now(), zone)
  return { first: laterBy(today, 1 - last), end: today }
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
export function visitQuery(search: VisitsSearch): ApiFilters {
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

/** The columns of a saved view, and with them what a query of the API cannot say. */
const lastDays = /^last\.(\d{1,5})$/
const oldestFirst = 'sort.oldest'

/** What a saved view keeps of the URL: "the last 30 days" stay the last 30. */
export function savedFrom(search: VisitsSearch): { query: string; columns: string[] } {
  const { last, ...rest } = search
  return {
    query: printQuery(visitQuery(last === undefined ? search : rest)).replace(/^\?/, ''),
    columns: [
      ...(search.cols ?? []),
      ...(last === undefined ? [] : [`last.${last}`]),
      ...(search.sort === 'oldest' ? [oldestFirst] : []),
    ],
  }
}

/** The URL of a saved view. */
export function searchOf(view: {
  readonly id: number
  readonly query: string
  readonly columns: readonly string[]
}): VisitsSearch {
  const given = new URLSearchParams(view.query)
  const from = given.get('visited_at[gte]')
  const end = given.get('visited_at[lt]')
  const last = view.columns.map((name) => lastDays.exec(name)?.[1]).find(Boolean)
  const columns = view.columns.filter(isColumn)
  const typed = Object.fromEntries(words.map(([word, name]) => [word, given.get(name) ?? '']))
  return {
    ...parseVisitFilters({
      ...typed,
      from: from === null ? '' : dayOf(from),
      to: end === null ? '' : dayOf(Date.parse(end) - 1),
      last: last === undefined ? '' : `${last}d`,
    }),
    ...(columns.length > 0 && { cols: columns }),
    ...(view.columns.includes(oldestFirst) && { sort: 'oldest' }),
    view: view.id,
  }
}

const isColumn = (name: string): name is (typeof columnNames)[number] =>
  columnNames.some((known) => known === name)

/** Whether two URLs show the same list, whatever panel is open. */
export function showsTheSame(one: VisitsSearch, other: VisitsSearch): boolean {
  const [a, b] = [savedFrom(one), savedFrom(other)]
  return a.query === b.query && a.columns.join() === b.columns.join()
}
