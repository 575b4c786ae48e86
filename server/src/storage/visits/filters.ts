import type { RawBuilder } from 'kysely'

import type { VisitFilter, VisitSort } from '../../domain/visits.ts'
import { bind, place } from '../bind.ts'
import type { Dialect, Value, Values } from '../database.ts'
import { resourceKinds, statuses } from '../schema.ts'

/** How visits are filtered by one field of `VisitFilter`. */
interface FilterRow {
  readonly condition: (dialect: Dialect, value: string) => string
  /** The bound value; undefined when the filter is not given. */
  readonly value: (filter: VisitFilter) => Value | undefined
  /** Absent: the filter is checked on the rows of another index. */
  readonly index?: FilterIndex
}

interface FilterIndex {
  /** The index whose first column is the filter's, by sort. */
  readonly names: Readonly<Record<VisitSort, string>>
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
const bySort = (rank: number, index: string): FilterIndex => ({
  names: { id: index, visited_at: `${index}_visited` },
  rank,
})

/** One index, whose few rows are sorted. */
const forAnySort = (rank: number, index: string): FilterIndex => ({
  names: { id: index, visited_at: index },
  rank,
})

const unfiltered: FilterIndex['names'] = { id: 'visits_id', visited_at: 'visits_visited' }

/** The name of a field is also that of its bound value: `:outcomeId`. */
const filters: Readonly<Record<keyof VisitFilter, FilterRow>> = {
  outcomeId: {
    condition: equals('outcome_id'),
    value: ({ outcomeId }) => outcomeId,
    index: bySort(4, 'visits_outcome'),
  },
  creatorId: {
    condition: equals('creator_id'),
    value: ({ creatorId }) => creatorId,
    index: bySort(3, 'visits_creator'),
  },
  resourceKind: {
    condition: equals('resource_kind'),
    value: ({ resourceKind }) => resourceKind && resourceKinds.indexOf(resourceKind),
    index: bySort(6, 'visits_kind'),
  },
  resourceId: {
    condition: equals('resource_id'),
    value: ({ resourceId }) => resourceId,
    index: forAnySort(2, 'visits_resource'),
  },
  status: {
    condition: equals('status'),
    value: ({ status }) => status && statuses.indexOf(status),
    index: bySort(5, 'visits_status'),
  },
  ids: {
    condition: (dialect, value) => dialect.inJsonList('id', value),
    value: ({ ids }) => ids && JSON.stringify(ids),
    index: forAnySort(1, unfiltered.id),
  },
}

interface GivenFilter extends FilterRow {
  readonly name: string
  readonly given: Value
}

const givenIn = (filter: VisitFilter): GivenFilter[] =>
  Object.entries(filters).flatMap(([name, row]) => {
    const given = row.value(filter)
    return given === undefined ? [] : [{ ...row, name, given }]
  })

const leading = (filter: VisitFilter): FilterIndex | undefined =>
  givenIn(filter)
    .flatMap(({ index }) => index ?? [])
    .toSorted((a, b) => a.rank - b.rank)[0]

/** SQL conditions of the filters that are given; their values are those of `filterValues`. */
export const filterConditions = (dialect: Dialect, filter: VisitFilter): string[] =>
  givenIn(filter).map(({ name, condition }) => condition(dialect, `:${name}`))

export const filterValues = (filter: VisitFilter): Values =>
  Object.fromEntries(givenIn(filter).map(({ name, given }) => [name, given]))

/** The same conditions with their values, for a statement that Kysely builds. */
export const filterExpressions = (dialect: Dialect, filter: VisitFilter): RawBuilder<boolean>[] =>
  givenIn(filter).map(({ condition, given }) => bind(condition(dialect, place), given))

/** The index to walk: that of the filter that leaves the fewest rows, in the order of the sort. */
export const leadingIndex = (filter: VisitFilter, sort: VisitSort): string =>
  (leading(filter)?.names ?? unfiltered)[sort]

/** Whether so few rows are left that every other condition can be checked row by row. */
export const isNarrow = (filter: VisitFilter): boolean =>
  (leading(filter)?.rank ?? Infinity) <= narrowRankMax
