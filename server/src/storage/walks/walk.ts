import { DomainError } from '../../domain/errors.ts'
import type { Continued } from '../../domain/pages.ts'
import type { WalkPlace } from '../../domain/walks.ts'
import type { Dialect, Values } from '../database.ts'
import { fieldOf, type WalkedTable } from './former-keys.ts'

/** A list as it is stored, in the order of one of its columns and of the id. */
export interface WalkedList {
  readonly table: WalkedTable
  readonly sort: { readonly field: string; readonly descending: boolean }
  /** What holds the list together, for example one for each member of a team. */
  readonly ranges: readonly WalkedRange[]
  /** What a row of the list satisfies, wherever it was found. */
  readonly conditions: readonly string[]
  /** What its key `k` satisfies: the bounds of a filter by the column of the sort. */
  readonly keyConditions?: readonly string[] | undefined
}

export interface WalkedRange {
  /** A hint that follows the table. */
  readonly by: string
  readonly conditions: readonly string[]
}

/**
 * Up to this number of keys that have changed since a walk began, all of them are read for a page.
 * Of more, a page reads so many at most in the order of the keys, and may then be short.
 */
const changesMax = 1_000

/** The order of a list whose key is the column `k`. */
export const orderOf = ({ field, descending }: WalkedList['sort']): string =>
  (field === 'id' ? ['id'] : ['k', 'id'])
    .map((column) => `${column}${descending ? ' desc' : ''}`)
    .join(', ')

/**
 * The tables `walked(k, id)`, the keys of a page and of one row more, and `edge(k, id)`, up to where
 * the list was read if not to its end. Their keys are those that the rows had when the walk began.
 */
export function walkTables(
  dialect: Dialect,
  list: WalkedList,
  place: WalkPlace | undefined,
): string {
  const isChanging = place !== undefined && list.sort.field !== 'id'
  return isChanging ? changingTables(dialect, list) : simpleTables(dialect, list, place)
}

/** Values of `walkTables`; `offset`: rows to skip where there is no place to go on from. */
export function walkValues(
  { sort }: WalkedList,
  place: WalkPlace | undefined,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Values {
  if (place === undefined) return { limit, offset }
  if (sort.field === 'id') return { limit, offset: 0, after_id: place.id }
  return {
    limit,
    after_key: place.key,
    after_id: place.id,
    since: place.revision,
    changes: changesMax,
    most: limit + changesMax + 2,
  }
}

/** At the start of a walk nothing has changed since, and ids never change. */
function simpleTables(dialect: Dialect, list: WalkedList, place: WalkPlace | undefined): string {
  const beyond = list.sort.descending ? '<' : '>'
  const order = orderOf(list.sort)
  const after = place === undefined ? [] : [`id ${beyond} :after_id`]
  const keys = unionOf(dialect, list, after, 'cast(:offset as bigint) + :limit + 1')
  return `
    walked(k, id) as (
      select k, id from (${keys} order by ${order} limit :limit + 1 offset :offset) c),
    edge(k, id) as (select k, id from walked where 1 = 0)`
}

function unionOf(
  dialect: Dialect,
  { table, sort, ranges }: WalkedList,
  after: readonly string[],
  count: string,
): string {
  const selects = ranges.map(({ by, conditions }) => {
    const all = ['account_id = :account', ...conditions, ...after].join(' and ')
    return `select ${sort.field} k, id from ${table} ${by} where ${all}`
  })
  return selects.length > 1 ? dialect.unionOfRanges(selects, orderOf(sort), count) : selects.join()
}

/**
 * Merges the rows whose key is what it was, along the index of the list, with those whose key has
 * changed since, along their former keys. The first key that a row had after the start is the one
 * that it had at the start.
 */
function changingTables(dialect: Dialect, list: WalkedList): string {
  const { table, sort } = list
  const order = orderOf(sort)
  const beyond = sort.descending ? '<' : '>'
  const field = fieldOf(table, sort.field)
  const former = isText(sort.field) ? 'former_text' : 'former_number'
  const after = (key: string) => `(${key}, id) ${beyond} (:after_key, :after_id)`
  const keys = unionOf(dialect, list, [after(sort.field)], 'cast(:most as bigint)')
  // NOTE: looked up for each key. Of `exists`, PostgreSQL makes a join, and with statistics from when the
  // table was empty it compared each row with each key.
  const listed = ['account_id = :account', 'id = s.id', ...list.conditions].join(' and ')
  // NOTE: in the order of the primary key; the indexes of the table are partial, so that PostgreSQL
  // cannot choose one of them. SQLite uses all four columns only if no value has the type of a column,
  // which `+` takes away.
  const atStart = (row: string, value: string) => `(
    select case when (e.account_id, e.field, e.id) = (:account, ${field}, ${row}.id)
      then ${value} end
    from former_keys e
    where (e.account_id, e.field, e.id, e.revision) > (:account, ${field}, +${row}.id, :since)
    order by e.account_id, e.field, e.id, e.revision limit 1)`
  return `
    recent(k, id) as (
      select ${former}, id from former_keys ${dialect.usingIndex('former_keys_revision')}
      where account_id = :account and field = ${field} and revision > :since and revision > 0
      order by revision desc limit :changes + 1),
    since(n) as (select count(*) from recent),
    candidates(k, id) as (
      select k, id from (${keys} order by ${order} limit :most) c
      limit :limit + 1 + (select n from since)),
    scanned(k, id) as (
      select k, id from recent where (select n from since) <= :changes and ${after('k')}
      union all
      select k, id from (
        select distinct ${former} k, id from former_keys ${dialect.usingIndex(`${former.replace('former', 'former_keys')}`)}
        where account_id = :account and field = ${field} and ${former} is not null
          and ${after(former)} and (select n from since) > :changes
        order by ${order} limit :most) c),
    edge(k, id) as (select k, id from (
      select k, id from (select k, id from candidates order by ${order} limit 1 offset :most - 1) c
      union all
      select k, id from (select k, id from scanned order by ${order} limit 1 offset :most - 1) s) e
      order by ${order} limit 1),
    merged(k, id) as (
      select k, id from candidates c
      where (select n from since) = 0 or ${atStart('c', '1')} is null
      union all
      select distinct k, id from scanned s
      where ${[`k = ${atStart('s', `e.${former}`)}`, ...(list.keyConditions ?? [])].join(' and ')}
        and (select 1 from ${table} where ${listed}) is not null),
    walked(k, id) as (
      select k, id from merged m
      where not exists (select 1 from edge e where (m.k, m.id) ${beyond} (e.k, e.id))
      order by ${order} limit :limit + 1)`
}

const isText = (field: string): boolean => ['name', 'first_name', 'last_name'].includes(field)

/** Columns about the account and the walk, from the same snapshot as the page; `s`: account_stream. */
export const walkColumns = `s.revision, s.generation, s.keys_dropped,
  (select k from edge) edge_key, (select id from edge) edge_id`

/** What `walkColumns` answer; without an edge where the list was read to its end. */
export interface WalkState {
  readonly revision?: unknown
  readonly generation?: unknown
  readonly keys_dropped?: unknown
  readonly edge_key?: unknown
  readonly edge_id?: unknown
}

/**
 * Where the walk goes on after a page that ends with `last`. `hasMore`: there are more rows than were
 * asked for. Throws `invalid` if the keys that the walk follows are no longer known.
 */
export function continueWalk(
  walk: 'start' | WalkPlace,
  { field }: WalkedList['sort'],
  state: WalkState,
  { hasMore, last }: { readonly hasMore: boolean; readonly last: Key | undefined },
): Pick<Continued, 'hasMore' | 'next'> {
  const now = { generation: Number(state.generation), revision: Number(state.revision) }
  const began = walk === 'start' ? now : walk
  const isKnown = field === 'id' || Number(state.keys_dropped) <= began.revision
  if (began.generation !== now.generation || began.revision > now.revision) throw ended()
  if (walk !== 'start' && !isKnown) throw ended()
  const { edge_key: key, edge_id: id = null } = state
  const edge = id === null ? undefined : { key: keyOf(key), id: Number(id) }
  const place = hasMore ? last : edge
  const next = place && { generation: began.generation, revision: began.revision, ...place }
  return { hasMore: next !== undefined, ...(next && { next }) }
}

/** Rounds after which a walk that finds nothing answers an empty page, whose cursor leads on. */
const emptyRoundsMax = 500

/** Reads on while a walk finds nothing before the place up to which it was read. */
export async function readOn<Answer extends Continued>(
  walk: 'start' | WalkPlace | undefined,
  read: (walk: 'start' | WalkPlace | undefined) => Promise<Answer>,
  isEmpty: (answer: Answer) => boolean,
): Promise<Answer> {
  let answer = await read(walk)
  for (let round = 1; round < emptyRoundsMax && answer.next && isEmpty(answer); round++) {
    await new Promise((resolve) => setImmediate(resolve))
    answer = await read(answer.next)
  }
  return answer
}

export type Key = Pick<WalkPlace, 'key' | 'id'>

/** The drivers answer numbers as numbers and texts as texts. */
export const keyOf = (value: unknown): string | number =>
  typeof value === 'string' ? value : Number(value)

const ended = (): DomainError =>
  new DomainError(
    'invalid',
    "The 'cursor' is of a walk that cannot go on: the data was restored from a backup, or what has " +
      'changed since it began is no longer stored. Begin again with an empty cursor.',
  )
