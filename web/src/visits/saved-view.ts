import { printQuery } from '@doorstep/client/query'
import type { SavedView } from '@doorstep/contract/saved-views'

import { parseVisitFilters, type VisitFilters } from '../search.ts'
import { dayIn } from '../texts/zone-days.ts'
import { columnNames } from './column-names.ts'
import { visitFilters } from './visit-filters.ts'
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

// What a query of the API cannot say of a URL is saved with the columns: "the last 30 days" stay the last
// 30, and days stay days wherever the view is opened.
const oldestFirst = 'sort.oldest'
const dayFormat = /^\d{4}_\d\d_\d\d$/

const dayColumn = (word: 'from' | 'to', day: string | undefined): string[] =>
  day === undefined ? [] : [`${word}.${day.replaceAll('-', '_')}`]

/** Names of columns have no capitals and few signs: `zone.europe.2fberlin`. */
const zoneColumn = (zone: string): string =>
  `zone.${zone.toLowerCase().replaceAll(/[^a-z0-9_]/g, (sign) => `.${sign.charCodeAt(0).toString(16)}`)}`

const zoneIn = (text: string): string =>
  text.replaceAll(/\.([0-9a-f]{2})/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )

/** What a saved view keeps of the URL. */
export function savedFrom(search: VisitsSearch): { query: string; columns: string[] } {
  const { last, ...rest } = search
  const { from, to, zone } = rest
  const isDated = last !== undefined || from !== undefined || to !== undefined
  return {
    query: printQuery(visitFilters(last === undefined ? search : rest)).replace(/^\?/, ''),
    columns: [
      ...(search.cols ?? []),
      ...(last === undefined ? [...dayColumn('from', from), ...dayColumn('to', to)] : []),
      ...(last === undefined ? [] : [`last.${last}`]),
      ...(isDated && zone !== undefined ? [zoneColumn(zone)] : []),
      ...(search.sort === 'oldest' ? [oldestFirst] : []),
    ],
  }
}

type View = Pick<SavedView, 'id' | 'query' | 'columns'>

/** The days that a view names; undefined: it has only the times of its query. */
function namedDays(columns: readonly string[]) {
  const valueOf = (word: string) =>
    columns.find((name) => name.startsWith(`${word}.`))?.slice(word.length + 1)
  const dayOfColumn = (word: 'from' | 'to') => {
    const value = valueOf(word)
    return value !== undefined && dayFormat.test(value) ? value.replaceAll('_', '-') : ''
  }
  const last = valueOf('last')
  const [from, to] = [dayOfColumn('from'), dayOfColumn('to')]
  if (last === undefined && from === '' && to === '') return undefined
  const days = last === undefined ? { from, to, last: '' } : { from: '', to: '', last: `${last}d` }
  return { ...days, zone: zoneIn(valueOf('zone') ?? '') }
}

/** The days of the viewer that times of a query begin and end, if they do. */
function daysOfTimes(given: URLSearchParams) {
  const [from, end] = [given.get('visited_at[gte]'), given.get('visited_at[lt]')]
  const isTime = (text: string | null): text is string =>
    text !== null && !Number.isNaN(Date.parse(text))
  return {
    from: isTime(from) ? dayIn(from, undefined) : '',
    to: isTime(end) ? dayIn(Date.parse(end) - 1, undefined) : '',
  }
}

function filtersIn({ query, columns }: View): VisitFilters {
  const given = new URLSearchParams(query)
  const typed = Object.fromEntries(words.map(([word, name]) => [word, given.get(name) ?? '']))
  return parseVisitFilters({ ...typed, ...(namedDays(columns) ?? daysOfTimes(given)) })
}

/** The URL of a saved view. */
export function searchOf(view: View): VisitsSearch {
  const columns = view.columns.filter(isColumn)
  return {
    ...filtersIn(view),
    ...(columns.length > 0 && { cols: columns }),
    ...(view.columns.includes(oldestFirst) && { sort: 'oldest' }),
    view: view.id,
  }
}

const isColumn = (name: string): name is (typeof columnNames)[number] =>
  columnNames.some((known) => known === name)

/** What a query of the list says besides filters. */
const pages = new Set(['page', 'per_page', 'cursor', 'sort_by', 'include'])
const times = new Set(['visited_at[gte]', 'visited_at[lt]'])

/** Whether the URL says all filters of a view. Those made by the API can have others. */
export function isShownWhole(view: View): boolean {
  const hasDays = namedDays(view.columns) !== undefined
  const shown = new URLSearchParams(printQuery(visitFilters(filtersIn(view))))
  return [...new URLSearchParams(view.query)].every(([name, value]) => {
    if (pages.has(name) || (hasDays && times.has(name))) return true
    const inUrl = shown.get(name)
    if (inUrl === null) return false
    if (times.has(name)) return Date.parse(inUrl) === Date.parse(value)
    return inUrl.split(',').toSorted().join() === value.split(',').toSorted().join()
  })
}

/** Whether two URLs show the same list, whatever panel is open. */
export function showsTheSame(one: VisitsSearch, other: VisitsSearch): boolean {
  const [a, b] = [savedFrom(one), savedFrom(other)]
  return a.query === b.query && a.columns.join() === b.columns.join()
}
