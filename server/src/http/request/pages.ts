import { pageMax } from '@doorstep/contract/limits'

export interface PageQuery {
  readonly page?: number
  readonly per_page?: number
}

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

/** An object is printed by its members: `&address[city]=Berlin`. */
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

/** The same of items that are printed as UTF-8: a page of the hot lists is never a text here. */
export const collectionOfBytes = (items: Buffer, count: number, links: PageLinks): Buffer =>
  wrapItems(items, collectionMeta(count, links))

const collectionMeta = (count: number, links: PageLinks) => ({ type: 'collection', count, links })

export const wrapItems = (items: Buffer, meta: object): Buffer =>
  Buffer.concat([itemsHead, items, Buffer.from(`],"meta":${JSON.stringify(meta)}}`)])

const itemsHead = Buffer.from('{"items":[')

export const printItems = (type: string, objects: readonly object[]): string =>
  objects.map((data) => JSON.stringify({ data, meta: { type } })).join(',')

export function toSort<Field extends string>(
  sortBy: string,
  fields: readonly Field[],
): { field: Field; descending: boolean } {
  const [name, direction] = sortBy.split(':')
  const field = fields.find((known) => known === name)
  if (!field) throw new Error(`the schema let the sort field ${name} pass`)
  return { field, descending: direction === 'desc' }
}
