import type { Kysely } from 'kysely'
import type pg from 'pg'

import type { Dialect, Statements, Values } from '../database.ts'
import type { Schema } from '../schema.ts'
import { kyselyOver, runOn } from './connection.ts'
import { type ColumnTypes, savingRows } from './save.ts'
import { numbered } from './statements.ts'

/**
 * A transaction on a connection that sends statements without waiting for the answers to those
 * before. Only who wants rows waits for them; what fails besides is told by `settle`.
 */
export class PostgresTransaction implements Statements {
  readonly db: Kysely<Schema>
  readonly dialect: Dialect
  readonly saveRows: Statements['saveRows']
  readonly #client: pg.PoolClient
  #unanswered: Promise<unknown>[] = []

  constructor(client: pg.PoolClient, dialect: Dialect, types: ColumnTypes) {
    this.#client = client
    this.dialect = dialect
    this.db = kyselyOver((text, values) => runOn(client, text, [...values], false))
    this.saveRows = savingRows(types, async (text, values) => {
      this.#leave(runOn(client, text, values, true))
    })
  }

  async query(text: string, values: Values): Promise<Record<string, unknown>[]> {
    const statement = numbered(text, values)
    return (await runOn(this.#client, statement.text, statement.values, true)).rows
  }

  /** Sends what has no values and no rows. */
  send(text: string): void {
    this.#leave(this.#client.query(text))
  }

  /** Waits for all that was sent; throws what went wrong first. */
  async settle(): Promise<void> {
    const sent = this.#unanswered
    this.#unanswered = []
    for (const answer of sent) await answer
  }

  #leave(answer: Promise<unknown>): void {
    // NOTE: heard by `settle`, which may come later than the failure.
    answer.catch(() => {})
    this.#unanswered.push(answer)
  }
}
