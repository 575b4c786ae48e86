import type { RawBuilder } from 'kysely'

import type { VisitFilter, VisitSort } from '../../domain/visits.ts'
import { bind, place } from '../bind.ts'
import type { Dialect, Value, Values } from '../database.ts'
import { resourceKinds, statuses } from '../schema.ts'

/**
 * One filter of visits. A new filter is a line in the contract, a field of `VisitFilter`, a row in
 * `filters`, and a migration if it needs an index.
 */
interface FilterRow {
  /** Name of the bound value: `:parameter`. */
  readonly parameter: string
  readonly condition: (dialect: Dialect, value: string) => string
  /** The bound value; undefined when the filter is not given. */
  readonly value: (filter: VisitFilter) => Value | undefined
  /** The index whose first column is the filter's, by sort. */
  readonly index: Readonly<Record<VisitSort, string>>
  /** 1 for the filter that leaves the fewest rows. Of several, the lowest rank leads. */
  readonly rank: number
}

/** Up to this rank a filter leaves few rows: a team is then checked row by row. */
const narrowRankMax = 3

const equals =
  (column: string): FilterRow['condition'] =>
  (_dialect, value) =>
    `${column} = ${value}`

/** Two indexes: by id, and by the time of visiting. */
const bySort = (index: string): FilterRow['index'] => ({
  id: index,
  visited_at: `${index}_visited`,
})

/** One index, whose few rows are sorted. */
const forAnySort = (index: string): FilterRow['index'] => ({ id: index, visited_at: index })

const filters: readonly FilterRow[] = [
  {
    parameter: 'outcome',
    condition: equals('outcome_id'),
    value: ({ outcomeId }) => outcomeId,
    index: bySort('visits_outcome'),
    rank: 4,
  },
  {
    parameter: 'creator',
    condition: equals('creator_id'),
    value: ({ creatorId }) => creatorId,
    index: bySort('visits_creator'),
    rank: 3,
  },
  {
    parameter: 'kind',
    condition: equals('resource_kind'),
    value: ({ resourceKind }) => resourceKind && resourceKinds.indexOf(resourceKind),
    index: bySort('visits_kind'),
    rank: 6,
  },
  {
    parameter: 'resource',
    condition: equals('resource_id'),
    value: ({ resourceId }) => resourceId,
    index: forAnySort('visits_resource'),
    rank: 2,
  },
  {
    parameter: 'status',
    condition: equals('status'),
    value: ({ status }) => status && statuses.indexOf(status),
    index: bySort('visits_status'),
    rank: 5,
  },
  {
    parameter: 'ids',
    condition: (dialect, value) => dialect.inJsonList('id', value),
    value: ({ ids }) => ids && JSON.stringify(ids),
    index: forAnySort('visits_id'),
    rank: 1,
  },
]

const unfiltered: FilterRow['index'] = { id: 'visits_id', visited_at: 'visits_visited' }

const givenIn = (filter: VisitFilter): FilterRow[] =>
  filters.filter(({ value }) => value(filter) !== undefined)

const leading = (filter: VisitFilter): FilterRow | undefined =>
  givenIn(filter).toSorted((a, b) => a.rank - b.rank)[0]

/** SQL conditions of the filters that are given; their values are those of `filterValues`. */
export const filterConditions = (dialect: Dialect, filter: VisitFilter): string[] =>
  givenIn(filter).map(({ parameter, condition }) => condition(dialect, `:${parameter}`))

export const filterValues = (filter: VisitFilter): Values =>
  Object.fromEntries(
    filters.flatMap(({ parameter, value }) => {
      const given = value(filter)
      return given === undefined ? [] : [[parameter, given]]
    }),
  )

/** The same conditions with their values, for a statement that Kysely builds. */
export const filterExpressions = (dialect: Dialect, filter: VisitFilter): RawBuilder<boolean>[] =>
  givenIn(filter).map(({ condition, value }) =>
    bind(condition(dialect, place), value(filter) ?? null),
  )

/** The index to walk: that of the filter that leaves the fewest rows, in the order of the sort. */
export const leadingIndex = (filter: VisitFilter, sort: VisitSort): string =>
  (leading(filter)?.index ?? unfiltered)[sort]

/** Whether so few rows are left that every other condition can be checked row by row. */
export const isNarrow = (filter: VisitFilter): boolean =>
  (leading(filter)?.rank ?? Infinity) <= narrowRankMax
