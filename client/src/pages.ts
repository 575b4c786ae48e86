import type { perPageByCursorMax } from '@doorstep/contract/limits'

import type { CallOptions, Connection } from './connection.ts'
import type { Query, QueryValues } from './query.ts'
import { get } from './request.ts'

/** The part of the contract's collections that paging reads. */
export interface Collection {
  items: { data: unknown }[]
  meta: { links: { next_page?: string }; next_cursor?: string }
}

/** A resource with pages. All methods throw a DoorstepError. */
export interface Lists<ListQuery, Page extends Collection> {
  /** One page, `{items: [{data, meta}], meta: {count, links}}`; `count` covers this page only. */
  list(query?: Query<ListQuery>, options?: CallOptions): Promise<Page>

  /**
   * The pages from `query.page` (default 1) to the last one. The server returns at most 100 pages:
   * with more than 100 x `per_page` objects, narrow the query.
   */
  pages(query?: Query<ListQuery>, options?: CallOptions): AsyncGenerator<Page, void, void>

  /**
   * The `data` of every object, read in the largest pages unless `per_page` is given. Ends where
   * `pages` ends.
   */
  each(
    query?: Query<Omit<ListQuery, 'page'>>,
    options?: CallOptions,
  ): AsyncGenerator<Page['items'][number]['data'], void, void>
}

/** A resource that is read by a cursor, however long it is. All methods throw a DoorstepError. */
export interface Walks<ListQuery, Page extends Collection> {
  /** One page, `{items: [{data, meta}], meta: {count, links}}`; `count` covers this page only. */
  list(query?: Query<ListQuery>, options?: CallOptions): Promise<Page>

  /**
   * All pages, from `query.cursor` (default: the first) on. What exists throughout the walk comes
   * exactly once, whatever changes meanwhile. A walk that was interrupted goes on from the
   * `meta.next_cursor` of the last page that was handled, with the same query. If `query.page` is
   * given, the pages from that to page 100, as the API numbers them.
   */
  pages(query?: Query<ListQuery>, options?: CallOptions): AsyncGenerator<Page, void, void>

  /** The `data` of every object, read in the largest pages unless `per_page` is given. */
  each(
    query?: Query<Omit<ListQuery, 'page'>>,
    options?: CallOptions,
  ): AsyncGenerator<Page['items'][number]['data'], void, void>
}

export function lists<ListQuery extends object, Page extends Collection>(
  connection: Connection,
  path: string,
  perPageMax: number,
): Lists<ListQuery, Page> {
  return {
    list: (query, options) => get(connection, path, { ...query }, options),
    pages: (query, options) => numbered(connection, path, { ...query }, options),
    each: (query, options) =>
      dataOf(
        numbered<Page>(
          connection,
          path,
          { ...largest({ ...query }, perPageMax), page: 1 },
          options,
        ),
      ),
  }
}

const perPageMax: typeof perPageByCursorMax = 1_000

export function walks<ListQuery extends object, Page extends Collection>(
  connection: Connection,
  path: string,
): Walks<ListQuery, Page> {
  const pages = (query: QueryValues, options: CallOptions | undefined) =>
    query.page === undefined
      ? walked<Page>(connection, path, query, options)
      : numbered<Page>(connection, path, query, options)
  return {
    list: (query, options) => get(connection, path, { ...query }, options),
    pages: (query, options) => pages({ ...query }, options),
    each: (query, options) =>
      dataOf(walked<Page>(connection, path, largest({ ...query }, perPageMax), options)),
  }
}

async function* numbered<Page extends Collection>(
  connection: Connection,
  path: string,
  query: QueryValues,
  options: CallOptions | undefined,
): AsyncGenerator<Page, void, void> {
  for (let page = Number(query.page ?? 1); ; page += 1) {
    const answer = await get<Page>(connection, path, { ...query, page }, options)
    yield answer
    if (!answer.meta.links.next_page) return
  }
}

async function* walked<Page extends Collection>(
  connection: Connection,
  path: string,
  query: QueryValues,
  options: CallOptions | undefined,
): AsyncGenerator<Page, void, void> {
  for (let cursor = query.cursor ?? ''; ;) {
    const answer = await get<Page>(connection, path, { ...query, cursor }, options)
    yield answer
    const { next_cursor: next } = answer.meta
    if (next === undefined) return
    cursor = next
  }
}

function largest(query: QueryValues, perPage: number): QueryValues {
  return { ...query, per_page: query.per_page ?? perPage }
}

async function* dataOf<Page extends Collection>(pages: AsyncGenerator<Page>) {
  for await (const page of pages) {
    for (const item of page.items) yield item.data
  }
}
