import { visitItemEnd } from '../../domain/visit-items.ts'
import type { VisitFilter, VisitListRequest, VisitSort } from '../../domain/visits.ts'
import type { Dialect, Values } from '../database.ts'
import { teamQuery } from '../people/team.ts'
import { filterConditions, filterValues, isNarrow, leadingIndex } from './filters.ts'

/** The sort key of a row. */
export interface Key {
  readonly id: number
  readonly visitedAt: number
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
  const { sort, limit } = request
  const item = request.includeVerification ? itemWithVerification : 'item'
  const byVisited = sort.field === 'visited_at'
  const order = (byVisited ? ['visited_at', 'id'] : ['id'])
    .map((column) => `${column}${sort.descending ? ' desc' : ''}`)
    .join(', ')
  const ranges = readRanges(dialect, request.filter, sort.field, team)
  const startCondition = start.key && startsAt(byVisited, sort.descending)
  const select = (columns: string) =>
    ranges.map(({ index, conditions }) => {
      const all = ['account_id = :account', ...conditions, startCondition]
      const where = all.filter((condition) => condition !== undefined).join(' and ')
      return `select ${columns} from visits ${dialect.usingIndex(index)} where ${where}`
    })
  const columns = request.includeVerification
    ? 'id, visited_at, item, evidence'
    : 'id, visited_at, item'
  const page = `order by ${order} limit :limit + 1 offset :skip`
  // NOTE: ranges are merged by keys alone; rows are fetched for the page only. A visit by one member of
  // the team to a record of another member is in two ranges. SQLite's `union` needs no sort when it
  // selects exactly the columns of the order; PostgreSQL's reads everything it is given.
  const keys = dialect.unionOfRanges(
    select(byVisited ? 'visited_at, id' : 'id'),
    order,
    'cast(:skip as bigint) + :limit + 1',
  )
  const rows =
    ranges.length === 1
      ? `${select(columns).join()} ${page}`
      : `select visits.id, visits.visited_at, visits.item, visits.evidence
         from ${dialect.joinInOrder(
           `(${keys} ${page}) k`,
           'visits on visits.account_id = :account and visits.id = k.id',
           order,
         )}`
  return {
    text: `
      select (select revision from account_stream where account_id = :account) revision,
        ${teamColumn(dialect, team)} team,
        ${dialect.joinedBytes(item)} items, count(*) found, ${dialect.joined('id')} ids,
        ${byVisited ? dialect.joined('visited_at') : 'null'} times
      from (${rows}) page`,
    values: {
      account,
      viewer: request.viewer.userId,
      limit,
      skip: start.skip,
      ...(start.key && { start_id: start.key.id }),
      ...(start.key && byVisited && { start_at: start.key.visitedAt }),
      ...filterValues(request.filter),
      ...teamValues(team, ranges.length),
    },
  }
}

const itemWithVerification = `substr(item, 1, length(item) - ${visitItemEnd.length})
  || ',"verification":' || coalesce(evidence, 'null') || '${visitItemEnd}'`

const startsAt = (byVisited: boolean, descending: boolean): string => {
  const from = descending ? '<=' : '>='
  return byVisited ? `(visited_at, id) ${from} (:start_at, :start_id)` : `id ${from} :start_id`
}

interface Range {
  readonly index: string
  readonly conditions: readonly string[]
}

/** The index ranges that hold the list: one, or two for each member of a small team. */
function readRanges(dialect: Dialect, filter: VisitFilter, sort: VisitSort, team: Team): Range[] {
  const conditions = filterConditions(dialect, filter)
  const index = leadingIndex(filter, sort)
  if (team === 'everybody') return [{ index, conditions }]
  if (team === 'as it is' || isNarrow(filter) || team.ids.length > rangesMax) {
    const isOfTeam = (column: string) =>
      team === 'as it is' ? `${column} in (${teamQuery})` : dialect.inJsonList(column, ':team')
    const seen = `(${isOfTeam('creator_id')} or ${isOfTeam('owner_id')})`
    return [{ index, conditions: [...conditions, seen] }]
  }
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
