import type { getCustomer, listCustomers } from '@doorstep/contract/customers'
import type { QueryOf } from '@doorstep/contract/operations'

import type { AnswerOf } from './answers.ts'
import type { CallOptions, Connection } from './connection.ts'
import { walks, type Walks } from './pages.ts'
import { get } from './request.ts'

export type CustomerQuery = QueryOf<typeof listCustomers>
export type CustomerPage = AnswerOf<typeof listCustomers>
export type CustomerItem = AnswerOf<typeof getCustomer>

/**
 * Leads and contacts as one kind, each with its last visit, by distance if `near` is given; scope
 * `read`. A customer that changes during a walk may come again.
 */
export interface Customers extends Walks<CustomerQuery, CustomerPage> {
  /** One of them, or who deleted it and when. Throws NotFoundError. */
  get(resourceType: 'lead' | 'contact', id: number, options?: CallOptions): Promise<CustomerItem>
}

const path: typeof listCustomers.path = '/v2/customers'

export const customers = (connection: Connection): Customers => ({
  ...walks(connection, path),
  get: (resourceType, id, options) => get(connection, `${path}/${resourceType}/${id}`, {}, options),
})
