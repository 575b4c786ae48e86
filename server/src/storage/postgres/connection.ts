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

/** How long anything may take before it is given up. */
export const limits = {
  connectMs: 4_000,
  /** One statement that reads. */
  readMs: 4_000,
  /** One statement of a transaction that writes. */
  writeMs: 10_000,
  /** One statement of work that nobody waits for. */
  backgroundMs: 60_000,
  /** One attempt to get at what another process writes to; the server is heard of so often. */
  lockMs: 4_000,
  /** All attempts together, and waiting for a connection to write on. */
  waitMs: 15_000,
  /** How much longer, when the server does not even say that it stopped the statement. */
  answerMs: 500,
  /** Between two statements of a transaction, which has no more to do than to think. */
  idleInTransactionMs: 5_000,
  /** Waiting for the server to hear that a connection ends. */
  endMs: 1_000,
} as const

/** NOTE: without these a server would keep for hours what a machine that is gone holds. */
const detection = '-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3'

/** What all connections have in common. Every number that is stored here is exact as a JS number. */
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
 * Ends a connection, and waits for it. NOTE: the driver says goodbye and waits until the server has
 * heard it, which one that cannot be reached never does.
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
 * Runs a statement; one that is hot is prepared, under a name, once for each connection. `answerMs`:
 * how long the answer is waited for, where that is not as for all statements of the connection.
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

/** Kysely over whatever runs a statement. Transactions are not its business. */
export function kyselyOver(run: Run): Kysely<Schema> {
  const connection: DatabaseConnection = {
    async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
      const { rows, command, count } = await run(sql, parameters.map(storable))
      const changes = command === 'INSERT' || command === 'UPDATE' || command === 'DELETE'
      return {
        // The one place where what Kysely has typed meets what came.
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
