import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely'
import pg from 'pg'

import type { Schema } from '../schema.ts'
import { preparedName, storable } from './statements.ts'

export type Row = Readonly<Record<string, unknown>>

const bigint = 20

/** Time limits. */
export const limits = {
  connectMs: 4_000,
  /** One reading statement. */
  readMs: 4_000,
  /** One statement of a writing transaction. */
  writeMs: 10_000,
  /** One statement of background work. */
  backgroundMs: 60_000,
  /** One attempt to get a lock; each attempt shows that the server is still there. */
  lockMs: 4_000,
  /** All attempts together; also the wait for a connection to write on. */
  waitMs: 15_000,
  /** Added to the limits above: how long to wait for the server to report that it stopped. */
  answerMs: 500,
  /** Between two statements of a transaction. */
  idleInTransactionMs: 5_000,
  /** Closing a connection in order. */
  endMs: 1_000,
} as const

/** NOTE: without these a server would hold the locks of an unreachable client for hours. */
const detection = '-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3'

/** Options of every connection. Every number that is stored is exact as a JS number. */
export function connectionOptions(url: string, statementMs: number): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: 'doorstep',
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    connectionTimeoutMillis: limits.connectMs,
    statement_timeout: statementMs,
    lock_timeout: limits.lockMs,
    query_timeout: statementMs + limits.answerMs,
    idle_in_transaction_session_timeout: limits.idleInTransactionMs,
    options: detection,
    types: {
      getTypeParser: (oid, format) =>
        Number(oid) === bigint ? Number : pg.types.getTypeParser(Number(oid), format),
    },
  }
}

/**
 * Closes a connection and waits for it. NOTE: the driver waits for the server's answer, which an
 * unreachable one never sends.
 */
export async function endClient(client: pg.Client): Promise<void> {
  const destroy = () => void client.connection.stream.destroy()
  const timer = setTimeout(destroy, limits.endMs)
  await client.end().catch(destroy)
  clearTimeout(timer)
}

export interface Ran {
  readonly rows: Row[]
  readonly command: string
  readonly count: number
}

export type Run = (text: string, values: readonly unknown[]) => Promise<Ran>

/**
 * Runs a statement; a hot one is prepared once per connection. `answerMs` overrides the connection's
 * time limit.
 */
export async function runOn(
  client: pg.ClientBase,
  text: string,
  values: unknown[],
  isHot: boolean,
  answerMs?: number,
): Promise<Ran> {
  const name = isHot ? preparedName(text) : undefined
  const { rows, command, rowCount } = await client.query<Record<string, unknown>>({
    text,
    values,
    ...(name !== undefined && { name }),
    ...(answerMs !== undefined && { query_timeout: answerMs }),
  })
  return { rows, command, count: rowCount ?? 0 }
}

/** Kysely over a function that runs a statement. Transactions are begun elsewhere. */
export function kyselyOver(run: Run): Kysely<Schema> {
  const connection: DatabaseConnection = {
    async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
      const { rows, command, count } = await run(sql, parameters.map(storable))
      const changes = command === 'INSERT' || command === 'UPDATE' || command === 'DELETE'
      return {
        // The one place where Kysely's types meet untyped rows.
        rows: rows as R[],
        ...(changes && { numAffectedRows: BigInt(count) }),
      }
    },
    streamQuery() {
      throw new Error('rows are not streamed')
    },
  }
  const none = async () => {
    throw new Error('a transaction is begun by Database.write')
  }
  const driver: Driver = {
    init: async () => {},
    acquireConnection: async () => connection,
    beginTransaction: none,
    commitTransaction: none,
    rollbackTransaction: none,
    releaseConnection: async () => {},
    destroy: async () => {},
  }
  return new Kysely<Schema>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => driver,
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  })
}
