import type { Kysely } from 'kysely'

import type { Dialect, ReadableDatabase, Values } from '../database.ts'
import type { Schema } from '../schema.ts'
import { connectionOptions, kyselyOver } from './connection.ts'
import { PostgresPool, Suspicion } from './pool.ts'
import type { ReplicaDatabase } from './rotation.ts'
import { numbered } from './statements.ts'

/** Connections of one process to one replica. */
const connectionsMax = 8
/** Shorter than the primary's: while a replica hangs, the primary could have answered. */
const connectMs = 1_000
const statementMs = 2_000
const answerMs = 500

/** The primary's position, comparable to `position` of its replicas. */
export async function positionOf(primary: ReadableDatabase): Promise<number> {
  const [row] = await primary.query(
    `select cast(pg_wal_lsn_diff(pg_current_wal_flush_lsn(), '0/0') as bigint) as position`,
    {},
  )
  return Number(row?.['position'])
}

/** A standby of the database. Its errors are the driver's: the primary answers instead. */
export class PostgresReplica implements ReplicaDatabase {
  readonly db: Kysely<Schema>
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
    this.db = kyselyOver((text, values) => this.#pool.run(text, [...values], false))
  }

  async query(text: string, values: Values): Promise<Record<string, unknown>[]> {
    const statement = numbered(text, values)
    return (await this.#pool.run(statement.text, statement.values, true)).rows
  }

  async position(): Promise<number | undefined> {
    const [row] = await this.query(
      `select pg_is_in_recovery() as follows,
         cast(pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0') as bigint) as position,
         (select 1 from account_stream limit 1) as has_tables`,
      {},
    )
    return row?.['follows'] === true ? Number(row['position']) : undefined
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#pool[Symbol.asyncDispose]()
  }
}
