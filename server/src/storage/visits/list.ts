import type { VisitFilter, VisitListRequest } from '../../domain/visits.ts'
import type { WalkPlace } from '../../domain/walks.ts'
import { within, withoutFirstBound } from '../conditions.ts'
import type { Dialect, Separator, Values } from '../database.ts'
import { teamOf } from '../people/team.ts'
import { type WalkedList, walkTables, walkValues } from '../walks/walk.ts'
import { filterValues } from './filters.ts'
import {
  type Known,
  listConditions,
  type Plan,
  planCount,
  planList,
  type Range,
  type Team,
  timeFields,
} from './index-ranges.ts'
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
  /** Whether the row with the key is left out, for the next id of a walk. */
  readonly isBehind?: boolean
}

export interface Statement {
  readonly text: string
  readonly values: Values
}

/** A page of the list, or a part of a walk over all of it. */
export interface ListedVisits extends Omit<VisitListRequest, 'offset' | 'minPosition'> {
  /** No row after this id. */
  readonly untilId?: number | undefined
  readonly separator?: Separator | undefined
}

/**
 * One statement for a page: the items and keys of its rows and of one row more, joined. From the same
 * snapshot come the account's revision and, if a known team is of another one, the ids of the team.
 */
export function visitListStatement(
  dialect: Dialect,
  account: number,
  request: ListedVisits,
  start: PageStart,
  known: Known,
): Statement {
  const { sort, include = [], walk } = request
  const place = sort.field !== 'id' && typeof walk === 'object' ? walk : undefined
  const filter = (start.key ?? place) ? beyondStart(request) : request.filter
  const plan = planList(dialect, { filter, sort: sort.field }, known)
  const list = place && walkedList(dialect, request, known, plan)
  const counted = request.includeTotal ? planCount(dialect, request.filter, known) : []
  const time = sort.field === 'id' ? undefined : sort.field
  const times = place ? dialect.joined('walk_key') : time ? dialect.joined(time) : 'null'
  return {
    text: `${list ? `with ${walkTables(dialect, list, place)}` : ''}
      select (select revision from account_stream where account_id = :account) revision,
        ${walk ? `${walkStateOf(place)},` : ''}
        ${teamColumn(dialect, 'viewer', known.team)} team,${
          known.below ? `${teamColumn(dialect, 'below', known.below)} below,` : ''
        }
        ${dialect.joinedBytes(itemWith(dialect, include, request.viewer), request.separator)} items, count(*) found,
        ${dialect.joined('id')} ids, ${times} times${
          include.includes('verification') ? `, ${locatedIn(dialect, request.viewer)} located` : ''
        }${request.includeTotal ? `, ${totalColumn(dialect, counted)} total` : ''}
      from (${list ? walkedRows(dialect, request) : rowsOf(dialect, request, start, plan)}) page`,
    values: {
      account,
      viewer: request.viewer.userId,
      limit: request.limit,
      skip: start.skip,
      ...(start.key && { start_id: start.key.id }),
      ...(start.key && time && { start_at: start.key.at }),
      ...(request.untilId !== undefined && { until_id: request.untilId }),
      ...(list && walkValues(list, place, { limit: request.limit, offset: 0 })),
      ...filterValues(dialect, request.filter),
      ...teamValues('viewer', known.team),
      ...(known.below && teamValues('below', known.below)),
      ...Object.assign({}, ...[...plan.ranges, ...counted].map(({ values }) => values)),
    },
  }
}

/** The rows of a page along the indexes of its plan. */
function rowsOf(
  dialect: Dialect,
  { sort, include = [], untilId }: ListedVisits,
  start: PageStart,
  { ranges, isByKeys }: Plan,
): string {
  const time = sort.field === 'id' ? undefined : sort.field
  const sorted = time ? [time, 'id'] : ['id']
  const order = sorted.map((column) => `${column}${sort.descending ? ' desc' : ''}`).join(', ')
  const startCondition = start.key && startsAt(time, sort.descending, start.isBehind === true)
  const select = (columns: readonly string[]) =>
    ranges.map(({ index, conditions }) => {
      const end = untilId === undefined ? undefined : 'id <= :until_id'
      const all = ['account_id = :account', ...conditions, startCondition, end]
      const where = all.filter((condition) => condition !== undefined).join(' and ')
      return `select ${columns.join(', ')} from visits ${dialect.usingIndex(index)} where ${where}`
    })
  const columns = ['id', ...(time ? [time] : []), 'item', ...partColumns(include)]
  const page = `order by ${order} limit :limit + 1 offset :skip`
  if (!isByKeys) return `${select(columns).join()} ${page}`
  // NOTE: ranges are merged by keys alone; rows are fetched for the page only. A visit by one member of
  // the team to a record of another member is in two ranges. SQLite's `union` needs no sort when it
  // selects exactly the columns of the order; PostgreSQL's reads everything it is given.
  const keys =
    ranges.length > 1
      ? dialect.unionOfRanges(select(sorted), order, 'cast(:skip as bigint) + :limit + 1')
      : select(sorted).join()
  return `select ${columns.map((column) => `visits.${column}`).join(', ')}
    from ${dialect.joinInOrder(
      `(${keys} ${page}) k`,
      'visits on visits.account_id = :account and visits.id = k.id',
      sorted.map((column) => `k.${column}${sort.descending ? ' desc' : ''}`).join(', '),
    )}`
}

/** The rows of a page whose keys are those of `walkTables`. */
function walkedRows(dialect: Dialect, { sort, include = [] }: ListedVisits): string {
  const columns = ['id', 'item', ...partColumns(include)].map((column) => `visits.${column}`)
  const direction = sort.descending ? ' desc' : ''
  return `select w.k walk_key, ${columns.join(', ')} from ${dialect.joinInOrder(
    'walked w',
    'visits on visits.account_id = :account and visits.id = w.id',
    `w.k${direction}, w.id${direction}`,
  )}`
}

function walkedList(
  dialect: Dialect,
  { sort, filter }: ListedVisits,
  known: Known,
  { ranges }: Plan,
): WalkedList {
  const field = sort.field === 'id' ? undefined : timeFields[sort.field]
  const bounds = field && filter[field]
  return {
    table: 'visits',
    sort,
    ranges: ranges.map(({ index, conditions }) => ({ by: dialect.usingIndex(index), conditions })),
    conditions: listConditions(dialect, filter, known.team),
    keyConditions: field && bounds ? [within('k')(bounds, field).text] : [],
  }
}

/** As `walkColumns`, of the account `:account`. */
const walkStateOf = (place: WalkPlace | undefined): string =>
  ['generation', 'keys_dropped']
    .map((column) => `(select ${column} from account_stream where account_id = :account) ${column}`)
    .concat(place ? ['(select k from edge) edge_key', '(select id from edge) edge_id'] : [])
    .join(', ')

/** How many visits the ranges have together, in the snapshot of the statement. */
const totalColumn = (dialect: Dialect, ranges: readonly Range[]): string =>
  ranges
    .map(({ index, conditions }) => {
      const where = ['account_id = :account', ...conditions].join(' and ')
      return `(select count(*) from visits ${dialect.usingIndex(index)} where ${where})`
    })
    .join(' + ')

/** Without the bound that the start of the page implies: an index range begins at one bound only. */
function beyondStart({ filter, sort }: ListedVisits): VisitFilter {
  const field = sort.field === 'id' ? undefined : timeFields[sort.field]
  const range = field && filter[field]
  if (!range) return filter
  return { ...filter, [field]: withoutFirstBound(range, sort.descending) }
}

const startsAt = (time: string | undefined, descending: boolean, isBehind: boolean): string => {
  const from = `${descending ? '<' : '>'}${isBehind ? '' : '='}`
  return time ? `(${time}, id) ${from} (:start_at, :start_id)` : `id ${from} :start_id`
}

/** Ids joined by commas, or null where the known team is of the snapshot's revision. */
const teamColumn = (dialect: Dialect, name: 'viewer' | 'below', team: Team): string =>
  typeof team === 'string'
    ? 'null'
    : `(select case when s.revision = :${name}_revision then null else (
          select ${dialect.joined('id')} from (${teamOf(name)}) team_now) end
        from account_stream s where s.account_id = :account)`

const teamValues = (name: 'viewer' | 'below', team: Team): Values =>
  typeof team === 'string'
    ? {}
    : { [`${name}_team`]: JSON.stringify(team.ids), [`${name}_revision`]: team.revision }
