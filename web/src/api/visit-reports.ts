import type { VisitFilters } from '@doorstep/contract/visit-filters'
import type { reportKeys, VisitReport } from '@doorstep/contract/visit-reports'
import { queryOptions } from '@tanstack/react-query'

import { client } from './client.ts'

export type ReportKey = (typeof reportKeys)[number]
export type ReportRow = VisitReport['rows'][number]
export type ReportNumbers = VisitReport['totals']

/** Visits in numbers, by one or two keys; undefined filters: not yet. */
export const reportQuery = (filters: VisitFilters | undefined, keys: readonly ReportKey[]) =>
  queryOptions({
    queryKey: ['reports', keys.join(), filters],
    queryFn: async ({ signal }) =>
      (await client.visitReports.get({ ...filters, group_by: [...keys] }, { signal })).data,
    enabled: filters !== undefined,
    // Rows by other keys would say something else.
    placeholderData: (before, query) => (query?.queryKey[1] === keys.join() ? before : undefined),
  })
