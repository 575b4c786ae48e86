import { printQuery } from '@doorstep/client/query'
import type { VisitFilters } from '@doorstep/contract/visit-filters'

import { basePath } from '../base-path.ts'
import type { RowKind } from './reports-search.ts'

const server = () => `${location.origin}${basePath}`
const keys: Readonly<Record<RowKind, string>> = { rep: 'creator', team: 'team', week: 'week' }

/** The rows of the table as a command. */
export function reportCurl(filters: VisitFilters, by: RowKind): string {
  const query = decodeURIComponent(printQuery({ ...filters, group_by: keys[by] }))
  // NOTE: curl takes brackets for ranges unless -g is given.
  return [
    `curl -g -H "Authorization: Bearer $DOORSTEP_TOKEN" \\`,
    `  '${server()}/v2/visit_reports${query}'`,
  ].join('\n')
}

/** The rows of the table as a program with the SDK. */
export function reportProgram(filters: VisitFilters, by: RowKind): string {
  const lines = Object.entries({ ...filters, group_by: [keys[by]] }).map(
    ([name, value]) => `  ${name}: ${JSON.stringify(value).replaceAll('"', "'")},`,
  )
  return [
    "import { createClient } from '@doorstep/client/client'",
    '',
    `const client = createClient({ url: '${server()}', token: process.env.DOORSTEP_TOKEN })`,
    'const { data } = await client.visitReports.get({',
    ...lines,
    '})',
    'for (const { keys, visits } of data.rows) console.log(keys, visits)',
  ].join('\n')
}
