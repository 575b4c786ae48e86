import {
  oneOf,
  parseVisitFilters,
  textOf,
  type Typed,
  type VisitFilters,
  withoutUndefined,
} from '../search.ts'

export const rowKinds = ['rep', 'team', 'week'] as const
export type RowKind = (typeof rowKinds)[number]

export const sortColumns = [
  'name',
  'visits',
  'pace',
  'verified',
  'unknown',
  'too_far',
  'off',
  'customers',
  'coverage',
] as const
export type SortColumn = (typeof sortColumns)[number]

/** What the URL of the reports says besides the filters. */
export interface ReportsSearch extends VisitFilters {
  /** What the rows of the table are; default: reps. */
  readonly by?: RowKind | undefined
  /** The column that the table is sorted by, and `-` before it where the largest come first. */
  readonly sort?: SortColumn | `-${SortColumn}` | undefined
  /** All time, which is not the default here as it is in the list. */
  readonly time?: 'all' | undefined
}

const defaultDays = 30

const sorts = sortColumns.flatMap((column) => [column, `-${column}`] as const)

export function parseReportsSearch(typed: Typed): ReportsSearch {
  const filters = parseVisitFilters(typed)
  const isDated = [filters.from, filters.to, filters.last].some((date) => date !== undefined)
  const time = isDated ? undefined : oneOf(['all'], typed.time)
  return withoutUndefined({
    ...filters,
    // Days are those of the account here, whatever a link says.
    zone: undefined,
    last: isDated || time ? filters.last : defaultDays,
    by: oneOf(rowKinds, typed.by),
    sort: oneOf(sorts, textOf(typed.sort)),
    time,
  })
}
