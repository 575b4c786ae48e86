import { appendFileSync } from 'node:fs'

import pg from 'pg'

/** A statement as the server has sent it. */
export interface Sent {
  readonly name: string
  readonly text: string
  readonly values: readonly unknown[]
}

/**
 * Loaded into a server before everything else (`node --import`): writes down, one JSON to a line,
 * every prepared statement that it sends to PostgreSQL, in the file of `STATEMENTS_TO`.
 */
const file = process.env['STATEMENTS_TO']
const { query } = pg.Client.prototype
if (file !== undefined) {
  Object.defineProperty(pg.Client.prototype, 'query', {
    value(this: pg.Client, ...given: unknown[]): unknown {
      const [config] = given
      if (typeof config === 'object' && config !== null && 'name' in config && config.name) {
        const { name, text, values } = { text: '', values: [], ...config }
        appendFileSync(file, `${JSON.stringify({ name, text, values })}\n`)
      }
      return Reflect.apply(query, this, given)
    },
  })
}
