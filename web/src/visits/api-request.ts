import { printQuery } from '@doorstep/client/query'

import { basePath } from '../base-path.ts'
import { visitQuery } from './visit-query.ts'
import type { VisitsSearch } from './visits-search.ts'

const orderOf = ({ sort }: VisitsSearch) =>
  sort === 'oldest' ? 'visited_at:asc' : 'visited_at:desc'

const server = () => `${location.origin}${basePath}`

/** The list as a command; parameters stand on lines of their own. */
export function curlOf(search: VisitsSearch): string {
  const query = printQuery({
    ...visitQuery(search),
    sort_by: orderOf(search),
    include: ['verification', 'resource', 'creator'],
    per_page: 100,
    cursor: '',
  })
  // NOTE: curl takes brackets for ranges unless -g is given.
  const address = `${server()}/v2/visits${decodeURIComponent(query)}`
  return [`curl -g -H "Authorization: Bearer $DOORSTEP_TOKEN" \\`, `  '${address}'`].join('\n')
}

/** The list as a program with the SDK. */
export function sdkOf(search: VisitsSearch): string {
  const query = {
    ...visitQuery(search),
    sort_by: orderOf(search),
    include: ['verification', 'resource', 'creator'],
  }
  const lines = Object.entries(query).map(
    ([name, value]) => `  ${name}: ${JSON.stringify(value).replaceAll('"', "'")},`,
  )
  return [
    "import { createClient } from '@doorstep/client/client'",
    '',
    `const client = createClient({ url: '${server()}', token: process.env.DOORSTEP_TOKEN })`,
    'const visits = client.visits.each({',
    ...lines,
    '})',
    'for await (const visit of visits) console.log(visit.id)',
  ].join('\n')
}
