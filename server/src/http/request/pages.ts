import { pageMax, perPageDefault } from '@doorstep/contract/limits'
import type { Operation } from '@doorstep/contract/operations'

import type { Page, PageRequest } from '../../domain/pages.ts'
import type { Call } from './call.ts'

export interface PageQuery {
  readonly page?: number
  readonly per_page?: number
}

export interface SortedPageQuery extends PageQuery {
  readonly sort_by?: string
}

interface ListCall {
  readonly operation: { readonly path: string }
  readonly origin: string
  readonly query: SortedPageQuery
}

/** Reads the page that the query names and prints it as a collection (PROTOCOL 1.3, 3.3). */
export async function answerPage<Row, Field extends string>(
  { operation, origin, query }: ListCall,
  type: string,
  sorts: readonly Field[],
  read: (page: PageRequest<Field>) => Promise<Page<Row>>,
  toAnswer: (row: Row) => object,
): Promise<string> {
  const { rows, hasMore } = await read(pageRequest(query, sorts))
  const links = pageLinks(`${origin}${operation.path}`, query, hasMore)
  return collectionOf(printItems(type, rows.map(toAnswer)), rows.length, links)
}

/** By default the first `perPageDefault` rows, by id. */
export function pageRequest<Field extends string>(
  { page = 1, per_page: limit = perPageDefault, sort_by: sortBy = 'id' }: SortedPageQuery,
  sorts: readonly Field[],
): PageRequest<Field> {
  return { offset: (page - 1) * limit, limit, sort: toSort(sortBy, sorts) }
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
  const meta = { ...collectionMeta(items.length, links), next_cursor: nextCursor }
  return `{"items":[${printItems(type, items)}],"meta":${JSON.stringify(meta)}}`
}

type PartCall = Pick<Call<Operation>, 'operation' | 'origin' | 'reply'> & { readonly query: object }

export interface PageLinks {
  readonly self: string
  readonly first_page?: string
  readonly prev_page?: string
  readonly next_page?: string
}

/** Absolute links, `page` first, then `per_page`, then the filters (PROTOCOL 3.3). */
export function pageLinks(url: string, query: PageQuery, hasMore: boolean): PageLinks {
  const { page = 1, per_page: perPage, ...filters } = query
  const rest = Object.entries({ per_page: perPage, ...filters })
    .flatMap(([name, value]) => printParameter(name, value))
    .join('')
  const link = (to: number) => `${url}?page=${to}${rest}`
  return {
    self: link(page),
    ...(page > 1 && { first_page: link(1), prev_page: link(page - 1) }),
    ...(hasMore && page < pageMax && { next_page: link(page + 1) }),
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
export function collectionOf(items: string, count: number, links: PageLinks): string {
  return `{"items":[${items}],"meta":${JSON.stringify(collectionMeta(count, links))}}`
}

/**
 * As `collectionOf`, for items in UTF-8: pages of the hot lists are never decoded to text. `total`: how
 * many items all pages have; undefined: that was not asked for.
 */
export const collectionOfBytes = (
  items: Buffer,
  count: number,
  links: PageLinks,
  total?: number,
): Buffer => wrapItems(items, collectionMeta(count, links, total))

const collectionMeta = (count: number, links: PageLinks, total?: number) => ({
  type: 'collection',
  count,
  ...(total !== undefined && { total_count: total }),
  links,
})

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
