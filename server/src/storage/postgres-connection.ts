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

import { preparedName, storable } from './postgres-statements.ts'
import type { Schema } from './schema.ts'

export type Row = Readonly<Record<string, unknown>>

const bigint = 20

/** How long anything may take before the connection is given up. */
export const limits = {
  connectMs: 4_000,
  statementMs: 30_000,
  /** Waiting for another process that writes to the same account. */
  lockMs: 30_000,
  /** How much longer, when the server does not even say that it stopped the statement. */
  answerMs: 5_000,
  idleInTransactionMs: 60_000,
  /** Waiting for the server to hear that a connection ends. */
  endMs: 1_000,
} as const

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
    types: {
      getTypeParser: (oid, format) =>
        Number(oid) === bigint ? Number : pg.types.getTypeParser(Number(oid), format),
    },
  }
}

export function newPool(options: pg.ClientConfig, max: number): pg.Pool {
  const pool = new pg.Pool({ ...options, max, idleTimeoutMillis: 30_000 })
  // NOTE: a connection that breaks says so here as well as to who uses it; unheard, it would end
  // the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => void client.on('error', () => {}))
  return pool
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

/** Runs a statement; one that is hot is prepared, under a name, once for each connection. */
export async function runOn(
  client: pg.ClientBase,
  text: string,
  values: unknown[],
  isHot: boolean,
): Promise<Ran> {
  const name = isHot ? preparedName(text) : undefined
  const { rows, command, rowCount } = await client.query<Record<string, unknown>>({
    text,
    values,
    ...(name !== undefined && { name }),
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
