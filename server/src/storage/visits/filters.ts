import type { VisitFilter } from '../../domain/visits.ts'
import { allOf, type Condition, oneOf, within } from '../conditions.ts'
import type { Dialect, Value, Values } from '../database.ts'
import { teamOf } from '../people/team.ts'
import { isInBox, isNear } from '../records/places.ts'
import { reasons, resourceKinds, reviewFlags, reviewStates, statuses } from '../schema.ts'
import { isOfRecord } from './records.ts'

/** How visits are filtered by one field of `VisitFilter`. */
interface FilterRow {
  /** undefined: the filter is not given. */
  readonly condition: (filter: VisitFilter, dialect: Dialect) => Condition | undefined
  readonly index: FilterIndex
}

/** What a filter reads, or the index that it may lead where it has one value. */
export type FilterIndex =
  /** Columns of the four wide indexes only. */
  | 'wide'
  /** Columns that every index has. */
  | 'any'
  | LeadingIndex

interface LeadingIndex {
  /** The index whose first column is the filter's, by id, and by the time of visiting. */
  readonly id: string
  readonly visited_at: string
  /** 1 for the filter that leaves the fewest rows. Of several, the lowest rank leads. */
  readonly rank: number
  /** Whether other than the wide indexes lack the column. */
  readonly isOwn?: boolean
}

/** Up to this rank a filter leaves few rows: all else is checked, and sorted, row by row. */
export const narrowRankMax = 3

/** Two indexes, by id and by the time of visiting. */
const bySort = (rank: number, index: string): LeadingIndex => ({
  id: index,
  visited_at: `${index}_visited`,
  rank,
})

/** One index, whose few rows are sorted. */
const forAnySort = (rank: number, index: string): LeadingIndex => ({
  id: index,
  visited_at: index,
  rank,
})

/** `name` is also the beginning of the names of bound values. */
function filterBy<Name extends keyof VisitFilter>(
  name: Name,
  condition: (value: NonNullable<VisitFilter[Name]>, name: string, dialect: Dialect) => Condition,
  index: FilterIndex,
): FilterRow {
  return {
    index,
    condition(filter, dialect) {
      const value = filter[name]
      return value === undefined || value === null ? undefined : condition(value, name, dialect)
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

const filters: Readonly<Record<keyof VisitFilter, FilterRow>> = {
  outcomeIds: filterBy('outcomeIds', isIn('outcome_id'), bySort(5, 'visits_outcome')),
  creatorIds: filterBy('creatorIds', isIn('creator_id'), bySort(3, 'visits_creator')),
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
    forAnySort(1, 'visits_id'),
  ),
  visitedAt: filterBy('visitedAt', within('visited_at'), 'wide'),
  createdAt: filterBy('createdAt', within('created_at'), 'wide'),
  updatedAt: filterBy('updatedAt', within('updated_at'), 'wide'),
  near: filterBy(
    'near',
    (circle, name, dialect) => isOfRecord(dialect, isNear(circle, name)),
    'wide',
  ),
  bbox: filterBy('bbox', (box, name, dialect) => isOfRecord(dialect, isInBox(box, name)), 'wide'),
  below: filterBy(
    'below',
    (user, name) => ({ text: `creator_id in (${teamOf(name)})`, values: { [name]: user } }),
    'any',
  ),
  reasons: filterBy('reasons', wordIn('reason', reasons), 'wide'),
  flags: filterBy(
    'flags',
    (given, name) => ({
      text: `(flags & cast(:${name} as bigint)) <> 0`,
      values: { [name]: bitsOf(given, reviewFlags) },
    }),
    'wide',
  ),
  review: filterBy('review', (state, name) => equals('review')(reviewStates.indexOf(state), name), {
    ...bySort(4, 'visits_review'),
    isOwn: true,
  }),
  // NOTE: as `is null`, PostgreSQL takes it for rare where nothing is null, and scans the table.
  without: filterBy(
    'without',
    (what) => ({ text: `coalesce(${lacked[what]}, -1) = -1`, values: {} }),
    'wide',
  ),
}

const lacked = { outcome: 'outcome_id', reason: 'reason' } as const

/** A bit for each of the words that is given. */
export const bitsOf = <Word extends string>(
  given: readonly Word[],
  words: readonly Word[],
): number => words.reduce((bits, word, at) => bits | (given.includes(word) ? 1 << at : 0), 0)

/** A filter that is given. */
export interface GivenFilter extends Condition {
  readonly name: keyof VisitFilter
  readonly index: FilterIndex
  readonly isSeveral: boolean
}

const names = Object.keys(filters) as readonly (keyof VisitFilter)[]

/** Those that are given, with their SQL. */
export const givenFilters = (dialect: Dialect, filter: VisitFilter): GivenFilter[] =>
  names.flatMap((name) => {
    const { condition, index } = filters[name]
    const given = condition(filter, dialect)
    const value = filter[name]
    const isSeveral = name !== 'ids' && Array.isArray(value) && value.length !== 1
    return given ? [{ ...given, name, index, isSeveral }] : []
  })

export const filterValues = (dialect: Dialect, filter: VisitFilter): Values =>
  allOf(givenFilters(dialect, filter)).values
