import type { Query, QueryValues } from './query.ts'
import { type CallOptions, type Connection, get } from './request.ts'

/** The part of the contract's collections that paging reads. */
export interface Collection {
  items: { data: unknown }[]
  meta: { links: { next_page?: string } }
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

export function lists<ListQuery extends object, Page extends Collection>(
  connection: Connection,
  path: string,
  perPageMax: number,
): Lists<ListQuery, Page> {
  const list = (query: QueryValues, options: CallOptions | undefined) =>
    get<Page>(connection, path, query, options)

  async function* pages(query: QueryValues, options: CallOptions | undefined) {
    for (let page = Number(query.page ?? 1); ; page += 1) {
      const answer = await list({ ...query, page }, options)
      yield answer
      if (!answer.meta.links.next_page) return
    }
  }

  async function* each(query: QueryValues, options: CallOptions | undefined) {
    const wholeQuery = { ...query, page: 1, per_page: query.per_page ?? perPageMax }
    for await (const page of pages(wholeQuery, options)) {
      for (const item of page.items) yield item.data
    }
  }

  return {
    list: (query, options) => list({ ...query }, options),
    pages: (query, options) => pages({ ...query }, options),
    each: (query, options) => each({ ...query }, options),
  }
}
