import type { outcomesPerPageMax } from '@doorstep/contract/limits'
import type {
  listVisitOutcomes,
  VisitOutcomeCollection,
  VisitOutcomeQuery,
} from '@doorstep/contract/visit-outcomes'

import { lists, type Lists } from './pages.ts'
import type { Connection } from './request.ts'

/** The outcomes that a visit can have; scope `read`. */
export type VisitOutcomes = Lists<VisitOutcomeQuery, VisitOutcomeCollection>

const path: typeof listVisitOutcomes.path = '/v2/visit_outcomes'
const perPage: typeof outcomesPerPageMax = 200

export const visitOutcomes = (connection: Connection): VisitOutcomes =>
  lists(connection, path, perPage)
