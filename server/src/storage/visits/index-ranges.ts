import type { VisitFilter, VisitListRequest, VisitSort } from '../../domain/visits.ts'
import type { Dialect, Values } from '../database.ts'
import { teamQuery } from '../people/team.ts'
import { isInArea } from '../records/places.ts'
import { type GivenFilter, givenFilters, narrowRankMax } from './filters.ts'

/** The ids of a team as they were at this revision of the account. */
export interface KnownTeam {
  readonly ids: readonly number[]
  readonly revision: number
}

/**
 * The users whose visits the viewer may see: everybody, a known team, or the team as it is in the
 * snapshot of the statement, which costs a walk along the index of the filter or sort.
 */
export type Team = 'everybody' | 'as it is' | KnownTeam

/** What was read before the statement to choose its ranges; only their cost depends on it. */
export interface Known {
  readonly team: Team
  /** The users that `below` names; undefined: the statement finds them. */
  readonly below?: KnownTeam | undefined
  /** Whether so few records are in the area that their visits are read and sorted. */
  readonly hasFewRecords?: boolean
}

/** A range of an index, and the values that only its conditions name. */
export interface Range {
  readonly index: string
  readonly conditions: readonly string[]
  readonly values?: Values
}

/** Above this number of users an index of all visits is walked instead of ranges for each user. */
const rangesMax = 64
/** The same where a filter reads columns that the indexes of users do not have. */
const rowRangesMax = 3

/** By order: indexes that have every column that filters read; null: two, one for each kind. */
const wide: Readonly<Record<VisitSort, string | null>> = {
  id: null,
  visited_at: 'visits_visited',
  created_at: 'visits_created',
  updated_at: 'visits_updated',
}

/** How a list is read. */
export interface Plan {
  /** Together they hold the list; a visit may be in several. */
  readonly ranges: readonly Range[]
  /** Whether keys are read first, from the indexes alone, and rows for the page only. */
  readonly isByKeys: boolean
}

type Asked = Pick<VisitListRequest, 'filter'> & { readonly sort: VisitSort }

export function planList(dialect: Dialect, asked: Asked, known: Known): Plan {
  const ranges = planRanges(dialect, asked, known)
  const isSorted = axisOf(asked.filter, asked.sort) === asked.sort
  const isPlain = givenFilters(dialect, asked.filter).every(({ index }) => index !== 'wide')
  return { ranges, isByKeys: ranges.length > 1 || !isSorted || !isPlain }
}

function planRanges(dialect: Dialect, { filter, sort }: Asked, known: Known): Range[] {
  const given = givenFilters(dialect, filter)
  const seen = seenBy(dialect, known.team)
  const axis = axisOf(filter, sort)
  const all = [...given.map(({ text }) => text), ...seen]
  const lead = leading(given)
  const isByTime = axis === 'created_at' || axis === 'updated_at'
  const readsRows = given.some((each) => each.index !== lead && isWide(each, axis))
  const walk = (index: string): Range[] => [{ index, conditions: all }]
  if (lead && lead.rank <= narrowRankMax) return walk(lead[isByTime ? 'id' : axis])
  if (known.hasFewRecords) return rangesOfRecords(dialect, filter, given, seen)
  if (isByTime) return rangesOfAll(axis, all, filter)
  if (lead?.isOwn && !readsRows) return walk(lead[axis])
  const usersMax = readsRows ? rowRangesMax : rangesMax
  const byUser = rangesOfUsers(given, seen, axis, filter, known, usersMax)
  if (byUser.length > 0) return byUser
  if (lead && !readsRows) return walk(lead[axis])
  return all.length > 0 ? rangesOfAll(axis, all, filter) : walk(unfiltered[axis])
}

/** What every visit of the list satisfies. */
export const listConditions = (dialect: Dialect, filter: VisitFilter, team: Team): string[] => [
  ...givenFilters(dialect, filter).map(({ text }) => text),
  ...seenBy(dialect, team),
]

const unfiltered = { id: 'visits_id', visited_at: 'visits_visited' } as const

const isWide = ({ name, index }: GivenFilter, axis: VisitSort): boolean =>
  typeof index === 'object'
    ? index.isOwn === true
    : index === 'wide' && !(name === 'visitedAt' && axis === 'visited_at')

/** Ranges that together hold the list, each visit once, with the users as they are. */
export const planCount = (dialect: Dialect, filter: VisitFilter, known: Known): readonly Range[] =>
  planRanges(
    dialect,
    { filter, sort: 'id' },
    {
      team: known.team === 'everybody' ? 'everybody' : 'as it is',
      // NOTE: all visits of an area are read in any case.
      hasFewRecords: (filter.near ?? filter.bbox) !== undefined,
    },
  )

/** The column along which an index is walked: that of the sort, unless another time is bounded. */
function axisOf(filter: VisitFilter, sort: VisitSort): VisitSort {
  const bounded = (['visited_at', 'created_at', 'updated_at'] as const).filter(
    (time) => filter[timeFields[time]] !== undefined,
  )
  return bounded.find((time) => time === sort) ?? bounded[0] ?? sort
}

/** The filter's field by column. */
export const timeFields = {
  visited_at: 'visitedAt',
  created_at: 'createdAt',
  updated_at: 'updatedAt',
} as const

const leading = (given: readonly GivenFilter[]) =>
  given
    .flatMap(({ index, isSeveral }) => (typeof index === 'string' || isSeveral ? [] : index))
    .toSorted((a, b) => a.rank - b.rank)[0]

/** Whether so few rows are left that every other condition can be checked row by row. */
export const isNarrow = (dialect: Dialect, filter: VisitFilter): boolean =>
  (leading(givenFilters(dialect, filter))?.rank ?? Infinity) <= narrowRankMax

function seenBy(dialect: Dialect, team: Team): string[] {
  if (team === 'everybody') return []
  const isOfTeam = (column: string) =>
    team === 'as it is' ? `${column} in (${teamQuery})` : dialect.inJsonList(column, ':viewer_team')
  return [`(${isOfTeam('creator_id')} or ${isOfTeam('owner_id')})`]
}

/** The visits to the records in an area. */
function rangesOfRecords(
  dialect: Dialect,
  filter: VisitFilter,
  given: readonly GivenFilter[],
  seen: readonly string[],
): Range[] {
  const others = textsWithout(given, 'near', 'bbox')
  return (['leads', 'contacts'] as const).map((table, kind) => ({
    index: 'visits_resource',
    conditions: [
      `resource_kind = ${kind}`,
      `resource_id in (select id from ${table} ${dialect.usingIndex(`${table}_place`)}
        where ${table}.account_id = :account and ${isInArea(filter).text})`,
      ...others,
      ...seen,
    ],
  }))
}

const textsWithout = (
  given: readonly GivenFilter[],
  ...names: readonly (keyof VisitFilter)[]
): string[] => given.filter(({ name }) => !names.includes(name)).map(({ text }) => text)

/** A range for each creator that is asked for, or two for each member of the viewer's team. */
function rangesOfUsers(
  given: readonly GivenFilter[],
  seen: readonly string[],
  axis: 'id' | 'visited_at',
  filter: VisitFilter,
  { team, below }: Known,
  usersMax: number,
): Range[] {
  const suffix = axis === 'visited_at' ? '_visited' : ''
  const isFew = (users: readonly number[]) => users.length > 0 && users.length <= usersMax
  const makers = [...new Set(filter.creatorIds ?? below?.ids ?? [])]
  if (isFew(makers)) {
    const others = textsWithout(given, filter.creatorIds ? 'creatorIds' : 'below')
    return makers.map((id, maker) => ({
      index: `visits_creator${suffix}`,
      conditions: [`creator_id = :maker${maker}`, ...others, ...seen],
      values: { [`maker${maker}`]: id },
    }))
  }
  if (typeof team === 'string' || !isFew(team.ids)) return []
  const conditions = textsWithout(given)
  return team.ids.flatMap((id, member) => {
    const values = { [`member${member}`]: id }
    return [
      {
        index: `visits_creator${suffix}`,
        conditions: [`creator_id = :member${member}`, ...conditions],
        values,
      },
      {
        index: `visits_owner${suffix}`,
        conditions: [`owner_id = :member${member}`, 'owner_id <> creator_id', ...conditions],
        values,
      },
    ]
  })
}

/** All visits, from a wide index. */
function rangesOfAll(axis: VisitSort, all: readonly string[], filter: VisitFilter): Range[] {
  const index = wide[axis]
  if (index !== null) return [{ index, conditions: all }]
  const kinds = filter.resourceKind ? [[]] : [['resource_kind = 0'], ['resource_kind = 1']]
  return kinds.map((kind) => ({ index: 'visits_kind', conditions: [...kind, ...all] }))
}
