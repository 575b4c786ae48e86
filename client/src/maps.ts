import type { getCustomerMap, getVisitMap } from '@doorstep/contract/maps'
import type { QueryOf } from '@doorstep/contract/operations'

import type { AnswerOf } from './answers.ts'
import type { CallOptions, Connection } from './connection.ts'
import type { Query } from './query.ts'
import { get } from './request.ts'

export type VisitMapQuery = QueryOf<typeof getVisitMap>
export type VisitMapItem = AnswerOf<typeof getVisitMap>
export type CustomerMapQuery = QueryOf<typeof getCustomerMap>
export type CustomerMapItem = AnswerOf<typeof getCustomerMap>

/** Clusters and points of what the token's user may see; scope `read`. Both throw a DoorstepError. */
export interface Maps {
  /** Visits, by the filters of the list; `bbox` is what the map shows, by default the world. */
  visits(query: Query<VisitMapQuery>, options?: CallOptions): Promise<VisitMapItem>

  /** Leads and contacts, each point with its last visit. */
  customers(query: Query<CustomerMapQuery>, options?: CallOptions): Promise<CustomerMapItem>
}

const visitsPath: typeof getVisitMap.path = '/v2/map/visits'
const customersPath: typeof getCustomerMap.path = '/v2/map/customers'

export const maps = (connection: Connection): Maps => ({
  visits: (query, options) => get(connection, visitsPath, query, options),
  customers: (query, options) => get(connection, customersPath, query, options),
})
