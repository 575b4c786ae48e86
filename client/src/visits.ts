import type { perPageMax } from '@doorstep/contract/limits'
import type { listVisits, VisitCollection, VisitQuery } from '@doorstep/contract/visits'

import { lists, type Lists } from './pages.ts'
import type { Connection } from './request.ts'

/** The visits that the token's user may see; scope `read`. */
export type Visits = Lists<VisitQuery, VisitCollection>

const path: typeof listVisits.path = '/v2/visits'
const perPage: typeof perPageMax = 100

export const visits = (connection: Connection): Visits => lists(connection, path, perPage)
