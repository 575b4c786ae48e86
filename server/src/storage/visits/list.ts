import type { VisitFilter, VisitListRequest, VisitSort } from '../../domain/visits.ts'
import type { Dialect, Values } from '../database.ts'
import { teamQuery } from '../people/team.ts'
import { filterConditions, filterValues, isNarrow, leadingIndex } from './filters.ts'
import { itemWith, locatedIn, partColumns } from './parts.ts'

/** The sort key of a row. `at`: its time in ms, if the list is sorted by one. */
export interface Key {
  readonly id: number
  readonly at: number
}

/** Where a page starts: `skip` rows after the row with this key, or after the start of the list. */
export interface PageStart {
  readonly key: Key | undefined
  readonly skip: number
}

export interface Statement {
  readonly text: string
  readonly values: Values
}

/** Above this number of users the sort's index is walked instead of two ranges for each user. */
const rangesMax = 64

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

/**
 * One statement for a page: the items and keys of its rows and of one row more, joined. From the same
 * snapshot come the account's revision and, if a known team is of another one, the ids of the team.
 */
export function visitListStatement(
  dialect: Dialect,
  account: number,
  request: VisitListRequest,
  start: PageStart,
  team: Team,
): Statement {
  const { filter, sort, limit, include = [] } = request
  const time = sort.field === 'id' ? undefined : sort.field
  const sorted = time ? [time, 'id'] : ['id']
  const order = sorted.map((column) => `${column}${sort.descending ? ' desc' : ''}`).join(', ')
  const ranges = readRanges(dialect, filter, sort.field, team)
  const startCondition = start.key && startsAt(time, sort.descending)
  const select = (columns: readonly string[]) =>
    ranges.map(({ index, conditions }) => {
      const all = ['account_id = :account', ...conditions, startCondition]
      const where = all.filter((condition) => condition !== undefined).join(' and ')
      return `select ${columns.join(', ')} from visits ${dialect.usingIndex(index)} where ${where}`
    })
  const columns = ['id', ...(time ? [time] : []), 'item', ...partColumns(include)]
  const page = `order by ${order} limit :limit + 1 offset :skip`
  // NOTE: ranges are merged by keys alone; rows are fetched for the page only. A visit by one member of
  // the team to a record of another member is in two ranges. SQLite's `union` needs no sort when it
  // selects exactly the columns of the order; PostgreSQL's reads everything it is given.
  const keys = dialect.unionOfRanges(select(sorted), order, 'cast(:skip as bigint) + :limit + 1')
  const rows =
    ranges.length === 1
      ? `${select(columns).join()} ${page}`
      : `select ${columns.map((column) => `visits.${column}`).join(', ')}
         from ${dialect.joinInOrder(
           `(${keys} ${page}) k`,
           'visits on visits.account_id = :account and visits.id = k.id',
           sorted.map((column) => `k.${column}${sort.descending ? ' desc' : ''}`).join(', '),
         )}`
  return {
    text: `
      select (select revision from account_stream where account_id = :account) revision,
        ${teamColumn(dialect, team)} team,
        ${dialect.joinedBytes(itemWith(dialect, include))} items, count(*) found,
        ${dialect.joined('id')} ids, ${time ? dialect.joined(time) : 'null'} times${
          include.includes('verification') ? `, ${locatedIn(dialect)} located` : ''
        }${request.includeTotal ? `, ${totalColumn(dialect, filter, team)} total` : ''}
      from (${rows}) page`,
    values: {
      account,
      viewer: request.viewer.userId,
      limit,
      skip: start.skip,
      ...(start.key && { start_id: start.key.id }),
      ...(start.key && time && { start_at: start.key.at }),
      ...filterValues(dialect, filter),
      ...teamValues(team, ranges.length),
    },
  }
}

/** How many visits the list has, in the snapshot of the statement. */
function totalColumn(dialect: Dialect, filter: VisitFilter, team: Team): string {
  const { index, conditions } = walk(dialect, filter, 'id', team)
  const where = ['account_id = :account', ...conditions].join(' and ')
  return `(select count(*) from visits ${dialect.usingIndex(index)} where ${where})`
}

const startsAt = (time: string | undefined, descending: boolean): string => {
  const from = descending ? '<=' : '>='
  return time ? `(${time}, id) ${from} (:start_at, :start_id)` : `id ${from} :start_id`
}

interface Range {
  readonly index: string
  readonly conditions: readonly string[]
}

/** The one index range that holds the list, with the team checked row by row. */
function walk(dialect: Dialect, filter: VisitFilter, sort: VisitSort, team: Team): Range {
  const conditions = filterConditions(dialect, filter)
  const index = leadingIndex(filter, sort)
  if (team === 'everybody') return { index, conditions }
  const isOfTeam = (column: string) =>
    team === 'as it is' ? `${column} in (${teamQuery})` : dialect.inJsonList(column, ':team')
  const seen = `(${isOfTeam('creator_id')} or ${isOfTeam('owner_id')})`
  return { index, conditions: [...conditions, seen] }
}

/** The index ranges that hold the list: one, or two for each member of a small team. */
function readRanges(dialect: Dialect, filter: VisitFilter, sort: VisitSort, team: Team): Range[] {
  const isWalked =
    typeof team === 'string' ||
    isNarrow(filter) ||
    team.ids.length > rangesMax ||
    sort === 'created_at' ||
    sort === 'updated_at'
  if (isWalked) return [walk(dialect, filter, sort, team)]
  const conditions = filterConditions(dialect, filter)
  const suffix = sort === 'visited_at' ? '_visited' : ''
  return team.ids.flatMap((_, member) => [
    {
      index: `visits_creator${suffix}`,
      conditions: [`creator_id = :member${member}`, ...conditions],
    },
    {
      index: `visits_owner${suffix}`,
      conditions: [`owner_id = :member${member}`, 'owner_id <> creator_id', ...conditions],
    },
  ])
}

/** Ids joined by commas, or null where the known team is of the snapshot's revision. */
const teamColumn = (dialect: Dialect, team: Team): string =>
  typeof team === 'string'
    ? 'null'
    : `(select case when s.revision = :team_revision then null else (
          select ${dialect.joined('id')} from (${teamQuery}) team_now) end
        from account_stream s where s.account_id = :account)`

const teamValues = (team: Team, ranges: number): Values =>
  typeof team === 'string'
    ? {}
    : {
        team: JSON.stringify(team.ids),
        team_revision: team.revision,
        ...(ranges > 1 &&
          Object.fromEntries(team.ids.map((id, member) => [`member${member}`, id]))),
      }
