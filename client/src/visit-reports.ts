import type { QueryOf } from '@doorstep/contract/operations'
import type { getVisitReport } from '@doorstep/contract/visit-reports'

import type { AnswerOf } from './answers.ts'
import type { CallOptions, Connection } from './connection.ts'
import type { Query } from './query.ts'
import { get } from './request.ts'

export type VisitReportQuery = QueryOf<typeof getVisitReport>
export type VisitReportItem = AnswerOf<typeof getVisitReport>

/** Visits in numbers; scope `read`. */
export interface VisitReports {
  /**
   * A row for each value of `group_by`, or each pair of values, by the filters of the list. Throws a
   * DoorstepError, also when there would be more than 10,000 rows.
   */
  get(query: Query<VisitReportQuery>, options?: CallOptions): Promise<VisitReportItem>
}

const path: typeof getVisitReport.path = '/v2/visit_reports'

export const visitReports = (connection: Connection): VisitReports => ({
  get: (query, options) => get(connection, path, query, options),
})
