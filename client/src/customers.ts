import type { listCustomers } from '@doorstep/contract/customers'
import type { QueryOf } from '@doorstep/contract/operations'

import type { AnswerOf } from './answers.ts'
import { walks, type Walks } from './pages.ts'
import type { Connection } from './request.ts'

export type CustomerQuery = QueryOf<typeof listCustomers>
export type CustomerPage = AnswerOf<typeof listCustomers>

/**
 * Leads and contacts as one kind, each with its last visit, by distance if `near` is given; scope
 * `read`. A customer that changes during a walk may come again.
 */
export type Customers = Walks<CustomerQuery, CustomerPage>

const path: typeof listCustomers.path = '/v2/customers'

export const customers = (connection: Connection): Customers => walks(connection, path)
