import { printQuery, type QueryValues } from '@doorstep/client/query'

import { basePath } from '../base-path.ts'

const server = () => `${location.origin}${basePath}`

/** A request of the API as a command. */
export function curlText(path: string, query: QueryValues): string {
  // NOTE: curl takes brackets for ranges unless -g is given.
  const address = `${server()}${path}${decodeURIComponent(printQuery(query))}`
  return [`curl -g -H "Authorization: Bearer $DOORSTEP_TOKEN" \\`, `  '${address}'`].join('\n')
}

/** A call of the SDK with its query, and what follows. */
export function programText(call: string, query: QueryValues, then: string): string {
  const lines = Object.entries(query).map(
    ([name, value]) => `  ${name}: ${JSON.stringify(value).replaceAll('"', "'")},`,
  )
  return [
    "import { createClient } from '@doorstep/client/client'",
    '',
    `const client = createClient({ url: '${server()}', token: process.env.DOORSTEP_TOKEN })`,
    `${call}({`,
    ...lines,
    '})',
    then,
  ].join('\n')
}
