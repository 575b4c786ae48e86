import type { Customer, DeletedCustomer, listCustomers } from '@doorstep/contract/customers'
import type { customersPerPageMax } from '@doorstep/contract/limits'
import type { QueryOf } from '@doorstep/contract/operations'

import type { AnswerOf } from './answers.ts'
import type { Query } from './query.ts'
import { type CallOptions, type Connection, get } from './request.ts'

export type CustomerQuery = QueryOf<typeof listCustomers>
export type CustomerPage = AnswerOf<typeof listCustomers>

/** Leads and contacts as one kind, each with its last visit; scope `read`. */
export interface Customers {
  /** One page, by distance if `near` is given; the next one starts at `meta.next_cursor`. */
  list(query?: Query<CustomerQuery>, options?: CallOptions): Promise<CustomerPage>

  /** The pages from `query.cursor` (default: the first) to the last one. */
  pages(
    query?: Query<CustomerQuery>,
    options?: CallOptions,
  ): AsyncGenerator<CustomerPage, void, void>

  /** The `data` of every one, read in the largest pages unless `per_page` is given. */
  each(
    query?: Query<CustomerQuery>,
    options?: CallOptions,
  ): AsyncGenerator<Customer | DeletedCustomer, void, void>
}

const path: typeof listCustomers.path = '/v2/customers'
const perPage: typeof customersPerPageMax = 1_000

export function customers(connection: Connection): Customers {
  const list = (query: Query<CustomerQuery> = {}, options?: CallOptions) =>
    get<CustomerPage>(connection, path, { ...query }, options)

  async function* pages(query: Query<CustomerQuery> = {}, options?: CallOptions) {
    for (let cursor = query.cursor ?? ''; ;) {
      const page = await list({ ...query, cursor }, options)
      yield page
      const { next_cursor: next } = page.meta
      if (next === undefined) return
      cursor = next
    }
  }

  async function* each(query: Query<CustomerQuery> = {}, options?: CallOptions) {
    for await (const page of pages({ ...query, per_page: query.per_page ?? perPage }, options)) {
      for (const item of page.items) yield item.data
    }
  }

  return { list, pages, each }
}
