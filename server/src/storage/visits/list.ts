import { visitItemEnd } from '../../domain/visit-items.ts'
import type { VisitFilter, VisitListRequest, VisitSort } from '../../domain/visits.ts'
import type { Dialect, Values } from '../database.ts'
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

/**
 * One statement for a page: the items and keys of its rows and of one row more, joined, and the
 * account's revision in the same snapshot. `team`: ids of the users whose visits the viewer may see;
 * undefined: all.
 */
export function visitListStatement(
  dialect: Dialect,
  account: number,
  request: VisitListRequest,
  start: PageStart,
  team: readonly number[] | undefined,
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
        ${dialect.joinedBytes(item)} items, count(*) found, ${dialect.joined('id')} ids,
        ${byVisited ? dialect.joined('visited_at') : 'null'} times
      from (${rows}) page`,
    values: {
      account,
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
function readRanges(
  dialect: Dialect,
  filter: VisitFilter,
  sort: VisitSort,
  team: readonly number[] | undefined,
): Range[] {
  const conditions = filterConditions(dialect, filter)
  const index = leadingIndex(filter, sort)
  if (!team) return [{ index, conditions }]
  if (isNarrow(filter) || team.length > rangesMax) {
    const seen = `(${dialect.inJsonList('creator_id', ':team')} or ${dialect.inJsonList('owner_id', ':team')})`
    return [{ index, conditions: [...conditions, seen] }]
  }
  const suffix = sort === 'visited_at' ? '_visited' : ''
  return team.flatMap((_, member) => [
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

const teamValues = (team: readonly number[] | undefined, ranges: number): Values =>
  team
    ? {
        team: JSON.stringify(team),
        ...(ranges > 1 && Object.fromEntries(team.map((id, member) => [`member${member}`, id]))),
      }
    : {}
