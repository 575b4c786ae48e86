import type { Kysely } from 'kysely'
import type pg from 'pg'

import type { SqlTransaction, Statements, Values } from '../database.ts'
import type { Schema } from '../schema.ts'
import { kyselyOver, runOn } from './connection.ts'
import { postgresDialect } from './dialect.ts'
import { type ColumnTypes, savingRows } from './save.ts'
import { numbered } from './statements.ts'

/**
 * Transactions on one connection, which sends statements without waiting for the answers to earlier
 * ones. Only a query for rows waits for its own; `settle` throws what failed of the others.
 */
export class PostgresTransaction implements Statements {
  readonly db: Kysely<Schema>
  readonly dialect = postgresDialect
  readonly saveRows: Statements['saveRows']
  readonly #client: pg.PoolClient
  #unanswered: Promise<unknown>[] = []

  constructor(client: pg.PoolClient, types: ColumnTypes) {
    this.#client = client
    this.db = kyselyOver((text, values) => runOn(client, text, [...values], false))
    this.saveRows = savingRows(types, async (text, values) => {
      this.#leave(runOn(client, text, values, true))
    })
  }

  async query(text: string, values: Values): Promise<Record<string, unknown>[]> {
    const statement = numbered(text, values)
    return (await runOn(this.#client, statement.text, statement.values, true)).rows
  }

  /** A new object for each savepoint: what was read in one must not outlive it. */
  statements(): SqlTransaction {
    const { db, dialect, saveRows } = this
    return { db, dialect, saveRows, query: (text, values) => this.query(text, values) }
  }

  /** Sends a statement that has neither values nor rows. */
  send(text: string): void {
    this.#leave(this.#client.query(text))
  }

  /** Waits for all answers; throws the first error. */
  async settle(): Promise<void> {
    const sent = this.#unanswered
    this.#unanswered = []
    for (const answer of sent) await answer
  }

  #leave(answer: Promise<unknown>): void {
    // NOTE: `settle` throws it, perhaps later than it fails.
    answer.catch(() => {})
    this.#unanswered.push(answer)
  }
}
