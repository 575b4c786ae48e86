import { cursorLengthMax, pageMax, perPageDefault } from '@doorstep/contract/limits'
import type { Operation } from '@doorstep/contract/operations'

import type { Continued, Page, PageRequest } from '../../domain/pages.ts'
import type { WalkPlace } from '../../domain/walks.ts'
import { ApiError, invalidParameter } from '../errors.ts'
import type { Call } from './call.ts'

export interface PageQuery {
  readonly page?: number
  readonly per_page?: number
}

export interface SortedPageQuery extends PageQuery {
  readonly sort_by?: string
  readonly cursor?: string
  readonly include_total?: boolean
}

/** A request for a list. */
export type ListCall = Pick<
  Call<Operation>,
  'operation' | 'origin' | 'actor' | 'params' | 'reply' | 'cursors'
> & { readonly query: SortedPageQuery }

/** Reads the page that the query names and prints it as a collection (PROTOCOL 1.3, 3.3). */
export async function answerPage<Row, Field extends string>(
  call: ListCall,
  type: string,
  sorts: readonly Field[],
  read: (page: PageRequest<Field>) => Promise<Page<Row>>,
  toAnswer: (row: Row) => object,
): Promise<string> {
  const request = pageRequest(call, toSort(call.query.sort_by ?? 'id', sorts))
  const page = await read(request)
  const meta = collectionMeta(call, request, page.rows.length, page)
  return collectionOf(printItems(type, page.rows.map(toAnswer)), meta)
}

/** By default the first `perPageDefault` rows. */
export function pageRequest<Field extends string>(
  call: ListCall,
  sort: { readonly field: Field; readonly descending: boolean },
): PageRequest<Field> {
  const { page = 1, per_page: limit = perPageDefault, cursor, include_total } = call.query
  return {
    offset: cursor === undefined ? (page - 1) * limit : 0,
    limit,
    sort,
    walk: cursor === undefined ? undefined : readCursor(call, sort, cursor),
    includeTotal: include_total,
  }
}

function readCursor(call: ListCall, sort: Sort, cursor: string): 'start' | WalkPlace {
  const place = openCursor(call, sort, cursor)
  if (!place) return 'start'
  const [generation, revision, key, id] = place
  const numbers = { generation: Number(generation), revision: Number(revision), id: Number(id) }
  return { ...numbers, key: typeof key === 'string' ? key : Number(key) }
}

type Sort = PageRequest<string>['sort']

/** What a cursor is bound to: the list, its viewer, and the parameters of the request. */
type CursorCall = Pick<Call<Operation>, 'operation' | 'actor' | 'cursors'> & {
  readonly query: object
}

/**
 * The cursor of a page that goes on after this place. Throws for a place that is too long: imports
 * bring names of any length, and a cursor has to fit into a header.
 */
export function sealCursor(
  call: CursorCall,
  sort: Sort,
  place: readonly (string | number)[],
): string {
  const cursor = call.cursors.seal(walkedList(call, sort), place)
  if (cursor.length <= cursorLengthMax) return cursor
  const why = `is of values that are too long for a cursor, choose another, given: ${sort.field}`
  throw new ApiError([invalidParameter('sort_by', why)])
}

/** The place in a cursor; undefined: it is empty, for the start. Throws for any other text. */
export function openCursor(
  call: CursorCall,
  sort: Sort,
  cursor: string,
): readonly unknown[] | undefined {
  if (cursor === '') return undefined
  const place = call.cursors.open(walkedList(call, sort), cursor)
  if (place) return place
  const why =
    "must be empty to begin, or the 'next_cursor' of an answer to the same user with the same " +
    'filters and sort_by'
  throw new ApiError([invalidParameter('cursor', `${why}, given: ${cursor.slice(0, 100)}`)])
}

/** Parameters that may change during a walk. */
const unbound = new Set(
  'page per_page cursor sort_by include include_total min_position'.split(' '),
)

/** What a cursor is valid for: one user's view of one list. */
function walkedList({ operation, actor, query }: CursorCall, sort: Sort): string {
  const filters = Object.entries(query)
    .filter(([name, value]) => value !== undefined && !unbound.has(name))
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
  const { accountKey, userId } = actor
  return JSON.stringify([operation.path, accountKey, userId, sort.field, sort.descending, filters])
}

/** A list without numbered pages. `nextCursor`: where it goes on; undefined: it is all answered. */
export function answerPart(
  { operation, origin, query, reply }: PartCall,
  type: string,
  items: readonly object[],
  nextCursor?: string,
): string {
  const link = (given: object) => {
    const parameters = Object.entries(given).flatMap(([name, value]) => printParameter(name, value))
    return `${origin}${operation.path}?${parameters.join('').slice(1)}`
  }
  const next = nextCursor === undefined ? undefined : link({ ...query, cursor: nextCursor })
  if (next !== undefined) reply.header('Link', `<${next}>; rel="next"`)
  const links = { self: link(query), ...(next !== undefined && { next_page: next }) }
  const meta = { type: 'collection', count: items.length, links, next_cursor: nextCursor }
  return `{"items":[${printItems(type, items)}],"meta":${JSON.stringify(meta)}}`
}

type PartCall = Pick<Call<Operation>, 'operation' | 'origin' | 'reply'> & { readonly query: object }

export interface PageLinks {
  readonly self: string
  readonly first_page?: string
  readonly prev_page?: string
  readonly next_page?: string
}

type LinkedCall = Pick<ListCall, 'origin' | 'operation' | 'params' | 'query'>

/** Absolute links, `page` first, then `per_page`, then the filters (PROTOCOL 3.3). */
export function pageLinks(
  { origin, operation, params, query }: LinkedCall,
  hasMore: boolean,
  nextCursor?: string,
): PageLinks {
  const { page = 1, per_page: perPage, cursor, ...filters } = query
  const url = `${origin}${operation.path.replace(/:(\w+)/g, (_, name) => params[name] ?? '')}`
  const rest = Object.entries({ per_page: perPage, ...filters })
    .flatMap(([name, value]) => printParameter(name, value))
    .join('')
  const link = (name: string, to: string | number) => `${url}?${name}=${to}${rest}`
  if (cursor !== undefined) {
    return {
      self: link('cursor', cursor),
      ...(nextCursor !== undefined && { next_page: link('cursor', nextCursor) }),
    }
  }
  return {
    self: link('page', page),
    ...(page > 1 && { first_page: link('page', 1), prev_page: link('page', page - 1) }),
    ...(hasMore && page < pageMax && { next_page: link('page', page + 1) }),
  }
}

/** Prints an object by its members: `&address[city]=Berlin`. */
function printParameter(name: string, value: unknown): string[] {
  if (value === undefined) return []
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [`&${name}=${readable(String(value))}`]
  }
  return Object.entries(value).flatMap(([member, each]) =>
    printParameter(`${name}[${readable(member)}]`, each),
  )
}

const readable = (value: string): string =>
  /^[\w:,.-]*$/.test(value)
    ? value
    : encodeURIComponent(value).replaceAll('%3A', ':').replaceAll('%2C', ',')

/** A collection whose items are already printed and joined by commas (PROTOCOL 1.3). */
export const collectionOf = (items: string, meta: object): string =>
  `{"items":[${items}],"meta":${JSON.stringify(meta)}}`

/** The `meta` of a page; also sets the header that names the next page of a walk. */
export function collectionMeta(
  call: ListCall,
  { sort }: Pick<PageRequest<string>, 'sort'>,
  count: number,
  { hasMore, next, total }: Continued,
): object {
  const cursor = next && sealCursor(call, sort, [next.generation, next.revision, next.key, next.id])
  const links = pageLinks(call, hasMore, cursor)
  if (cursor !== undefined) call.reply.header('Link', `<${links.next_page}>; rel="next"`)
  return {
    type: 'collection',
    count,
    ...(total !== undefined && { total_count: total }),
    links,
    ...(cursor !== undefined && { next_cursor: cursor }),
  }
}

/** As `collectionOf`, for items in UTF-8: pages of the hot lists are never decoded to text. */
export const wrapItems = (items: Buffer, meta: object): Buffer =>
  Buffer.concat([itemsHead, items, Buffer.from(`],"meta":${JSON.stringify(meta)}}`)])

const itemsHead = Buffer.from('{"items":[')

export const printItems = (type: string, objects: readonly object[]): string =>
  objects.map((data) => printItem(type, data)).join(',')

/** One object in its envelope (PROTOCOL 1.3); `meta` is added to the type. */
export const printItem = (type: string, data: object, meta: object = {}): string =>
  JSON.stringify({ data, meta: { type, ...meta } })

export function toSort<Field extends string>(
  sortBy: string,
  fields: readonly Field[],
): { field: Field; descending: boolean } {
  const [name, direction] = sortBy.split(':')
  const field = fields.find((known) => known === name)
  if (!field) throw new Error(`the schema allows the unknown sort field ${name}`)
  return { field, descending: direction === 'desc' }
}
