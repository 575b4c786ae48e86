import { printQuery, type QueryValues } from '@doorstep/client/query'

import { basePath } from '../base-path.ts'

const server = () => `${location.origin}${basePath}`

/** As one word of a shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`

/** A request of the API as a command, with a line for each parameter. */
export function curlText(path: string, query: QueryValues): string {
  const parameters = [...new URLSearchParams(printQuery(query))].map(
    ([name, value]) => `--data-urlencode ${quoted(`${name}=${value}`)}`,
  )
  return [
    `curl -G -H "Authorization: Bearer $DOORSTEP_TOKEN"`,
    quoted(`${server()}${path}`),
    ...parameters,
  ].join(' \\\n  ')
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
