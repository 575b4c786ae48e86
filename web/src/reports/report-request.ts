import type { VisitFilters } from '@doorstep/contract/visit-filters'

import { curlText, programText } from '../visits/request-text.ts'
import type { RowKind } from './reports-search.ts'

const keys: Readonly<Record<RowKind, string>> = { rep: 'creator', team: 'team', week: 'week' }

/** The rows of the table as a command. */
export const reportCurl = (filters: VisitFilters, by: RowKind): string =>
  curlText('/v2/visit_reports', { ...filters, group_by: keys[by] })

/** The rows of the table as a program with the SDK. */
export const reportProgram = (filters: VisitFilters, by: RowKind): string =>
  programText(
    'const { data } = await client.visitReports.get',
    { ...filters, group_by: [keys[by]] },
    'for (const { keys, visits } of data.rows) console.log(keys, visits)',
  )
