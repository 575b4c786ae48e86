import type { Kysely } from 'kysely'

import type { Dialect, ReadableDatabase, Values } from './database.ts'
import { connectionOptions, kyselyOver, type Ran, runOn } from './postgres-connection.ts'
import { PostgresPool, Suspicion } from './postgres-pool.ts'
import { numbered } from './postgres-statements.ts'
import type { Schema } from './schema.ts'

/** Connections of one process to one replica. */
const connectionsMax = 8
/** Shorter than the primary's: who waits for a replica that hangs could long have been answered. */
const connectMs = 1_000
const statementMs = 2_000
const answerMs = 500

/** A standby that follows the database. Its errors are the driver's: the primary is asked instead. */
export class PostgresReplica implements ReadableDatabase {
  readonly reader: Kysely<Schema>
  readonly dialect: Dialect
  readonly #pool: PostgresPool

  constructor(url: string, dialect: Dialect) {
    this.dialect = dialect
    const options = {
      ...connectionOptions(url, statementMs),
      connectionTimeoutMillis: connectMs,
      query_timeout: statementMs + answerMs,
    }
    this.#pool = new PostgresPool(options, connectionsMax, new Suspicion())
    this.reader = kyselyOver((text, values) => this.#run(text, [...values], false))
  }

  async query(text: string, values: Values): Promise<Record<string, unknown>[]> {
    const statement = numbered(text, values)
    return (await this.#run(statement.text, statement.values, true)).rows
  }

  async #run(text: string, values: unknown[], isHot: boolean): Promise<Ran> {
    const client = await this.#pool.take()
    let failed: unknown
    try {
      return await runOn(client, text, values, isHot)
    } catch (error) {
      failed = error
      throw error
    } finally {
      this.#pool.give(client, failed)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#pool[Symbol.asyncDispose]()
  }
}
