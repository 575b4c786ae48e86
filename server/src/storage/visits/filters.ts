import type { TimeRange } from '../../domain/ranges.ts'
import type { VisitFilter, VisitSort } from '../../domain/visits.ts'
import { type Condition, oneOf } from '../conditions.ts'
import type { Dialect, Value, Values } from '../database.ts'
import { teamOf } from '../people/team.ts'
import { isInBox, isNear } from '../records/places.ts'
import { reasons, resourceKinds, reviewFlags, reviewStates, statuses } from '../schema.ts'
import { isOfRecord } from './records.ts'

/** How visits are filtered by one field of `VisitFilter`. */
interface FilterRow {
  /** undefined: the filter is not given. */
  readonly condition: (filter: VisitFilter, dialect: Dialect) => Condition | undefined
  /** The index that the filter may lead. Absent: it is checked on the rows of another index. */
  readonly index: (filter: VisitFilter) => FilterIndex | undefined
}

interface FilterIndex {
  /** The index whose first column is the filter's, by sort. */
  readonly names: Readonly<Record<VisitSort, string>>
  /** 1 for the filter that leaves the fewest rows. Of several, the lowest rank leads. */
  readonly rank: number
}

/** Up to this rank a filter leaves few rows: a team is then checked row by row. */
const narrowRankMax = 4

const unfiltered: FilterIndex['names'] = {
  id: 'visits_id',
  visited_at: 'visits_visited',
  created_at: 'visits_created',
  updated_at: 'visits_updated',
}

/** Two indexes, by id and by the time of visiting; for others, those of the sort are walked. */
const bySort = (rank: number, index: string): FilterIndex => ({
  names: { ...unfiltered, id: index, visited_at: `${index}_visited` },
  rank,
})

/** Two indexes, of whose few rows those for other sorts are sorted. */
const fewBySort = (rank: number, index: string): FilterIndex => ({
  names: { ...forAnySort(rank, index).names, visited_at: `${index}_visited` },
  rank,
})

/** One index, whose few rows are sorted. */
const forAnySort = (rank: number, index: string): FilterIndex => ({
  names: { id: index, visited_at: index, created_at: index, updated_at: index },
  rank,
})

/** `name` is also the beginning of the names of bound values. */
function filterBy<Name extends keyof VisitFilter>(
  name: Name,
  condition: (value: NonNullable<VisitFilter[Name]>, name: string, dialect: Dialect) => Condition,
  index?: FilterIndex,
): FilterRow {
  return {
    condition: (filter, dialect) => {
      const value = filter[name]
      return value === undefined || value === null ? undefined : condition(value, name, dialect)
    },
    index: ({ [name]: value }) => {
      const isSeveral = name !== 'ids' && Array.isArray(value) && value.length !== 1
      return value === undefined || isSeveral ? undefined : index
    },
  }
}

const equals =
  (column: string) =>
  (value: Value, name: string): Condition => ({
    text: `${column} = :${name}`,
    values: { [name]: value },
  })

const isIn =
  (column: string) =>
  (values: readonly number[], name: string, dialect: Dialect): Condition =>
    oneOf(dialect, column, values, name)

const wordIn =
  <Word extends string>(column: string, words: readonly Word[]) =>
  (given: readonly Word[], name: string, dialect: Dialect): Condition =>
    oneOf(
      dialect,
      column,
      given.map((word) => words.indexOf(word)),
      name,
    )

const operators = { gte: '>=', gt: '>', lte: '<=', lt: '<' } as const

const within =
  (column: string) =>
  (range: TimeRange, name: string): Condition => {
    const bounds = Object.entries(operators).flatMap(([bound, operator]) => {
      const at = new Map<string, number | undefined>(Object.entries(range)).get(bound)
      const placed = `${name}_${bound}`
      return at === undefined
        ? []
        : [{ text: `${column} ${operator} :${placed}`, values: { [placed]: at } }]
    })
    return allOf(bounds)
  }

const allOf = (conditions: readonly Condition[]): Condition => ({
  text: conditions.map(({ text }) => text).join(' and ') || '1 = 1',
  values: Object.assign({}, ...conditions.map(({ values }) => values)),
})

const filters: Readonly<Record<keyof VisitFilter, FilterRow>> = {
  outcomeIds: filterBy('outcomeIds', isIn('outcome_id'), bySort(5, 'visits_outcome')),
  creatorIds: filterBy('creatorIds', isIn('creator_id'), fewBySort(3, 'visits_creator')),
  resourceKind: filterBy(
    'resourceKind',
    (kind, name) => equals('resource_kind')(resourceKinds.indexOf(kind), name),
    bySort(7, 'visits_kind'),
  ),
  resourceId: filterBy('resourceId', equals('resource_id'), forAnySort(2, 'visits_resource')),
  statuses: filterBy('statuses', wordIn('status', statuses), bySort(6, 'visits_status')),
  ids: filterBy(
    'ids',
    (ids, name, dialect) => ({
      text: dialect.inJsonList('id', `:${name}`),
      values: { [name]: JSON.stringify(ids) },
    }),
    forAnySort(1, unfiltered.id),
  ),
  visitedAt: filterBy('visitedAt', within('visited_at')),
  createdAt: filterBy('createdAt', within('created_at')),
  updatedAt: filterBy('updatedAt', within('updated_at')),
  near: filterBy('near', (circle, name, dialect) => isOfRecord(dialect, isNear(circle, name))),
  bbox: filterBy('bbox', (box, name, dialect) => isOfRecord(dialect, isInBox(box, name))),
  below: filterBy('below', (user, name) => ({
    text: `creator_id in (${teamOf(name)})`,
    values: { [name]: user },
  })),
  reasons: filterBy('reasons', wordIn('reason', reasons)),
  flags: filterBy('flags', (given, name) => ({
    text: `(flags & cast(:${name} as bigint)) <> 0`,
    values: { [name]: bitsOf(given, reviewFlags) },
  })),
  review: filterBy(
    'review',
    (state, name) => equals('review')(reviewStates.indexOf(state), name),
    fewBySort(4, 'visits_review'),
  ),
}

/** A bit for each of the words that is given. */
export const bitsOf = <Word extends string>(
  given: readonly Word[],
  words: readonly Word[],
): number => words.reduce((bits, word, at) => bits | (given.includes(word) ? 1 << at : 0), 0)

const rows = Object.values(filters)

const leading = (filter: VisitFilter): FilterIndex | undefined =>
  rows.flatMap(({ index }) => index(filter) ?? []).toSorted((a, b) => a.rank - b.rank)[0]

const conditionsOf = (dialect: Dialect, filter: VisitFilter): Condition[] =>
  rows.flatMap(({ condition }) => condition(filter, dialect) ?? [])

/** SQL conditions of the filters that are given; their values are those of `filterValues`. */
export const filterConditions = (dialect: Dialect, filter: VisitFilter): string[] =>
  conditionsOf(dialect, filter).map(({ text }) => text)

export const filterValues = (dialect: Dialect, filter: VisitFilter): Values =>
  allOf(conditionsOf(dialect, filter)).values

/** The index to walk: that of the filter that leaves the fewest rows, in the order of the sort. */
export const leadingIndex = (filter: VisitFilter, sort: VisitSort): string =>
  (leading(filter)?.names ?? unfiltered)[sort]

/** Whether so few rows are left that every other condition can be checked row by row. */
export const isNarrow = (filter: VisitFilter): boolean =>
  (leading(filter)?.rank ?? Infinity) <= narrowRankMax
