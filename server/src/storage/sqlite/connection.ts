import { DatabaseSync, type StatementSync } from 'node:sqlite'

import { Kysely, SqliteDialect } from 'kysely'

import { DomainError } from '../../domain/errors.ts'
import type { Statements, Value } from '../database.ts'
import type { Schema } from '../schema.ts'
import { sqliteDialect } from './dialect.ts'
import { isBusy } from './errors.ts'
import { saveStatement } from './save.ts'

/** Prepared statements that a connection keeps at least, by how recently they were used. */
const statementsMin = 250
const lockWaitMs = 30_000

/** A connection with its prepared statements; those unused for long are evicted. */
export class Connection {
  readonly database: DatabaseSync
  readonly kysely: Kysely<Schema>
  /** Those used recently, and those used before them: finding one moves nothing. */
  #statements = new Map<string, StatementSync>()
  #earlier = new Map<string, StatementSync>()
  readonly #forKysely = new WeakMap<StatementSync, ReturnType<typeof kyselyStatement>>()

  constructor(file: string, pagesKiB: number) {
    // NOTE: waiting for another process's lock would block the event loop; `begin` waits instead.
    this.database = new DatabaseSync(file, { timeout: 0 })
    this.database.exec(
      `pragma busy_timeout = 5000; pragma journal_mode = wal; pragma busy_timeout = 0;
       pragma foreign_keys = on; pragma cache_size = -${pagesKiB}; pragma temp_store = memory`,
    )
    this.kysely = new Kysely<Schema>({
      dialect: new SqliteDialect({
        database: { prepare: (sql) => this.#prepareForKysely(sql), close: () => {} },
      }),
    })
  }

  #prepareForKysely(sql: string) {
    const statement = this.prepare(sql)
    const known = this.#forKysely.get(statement) ?? kyselyStatement(statement)
    this.#forKysely.set(statement, known)
    return known
  }

  /** The statements of a transaction; work that gets the same object shares its cache. */
  statements(): Statements {
    return {
      db: this.kysely,
      dialect: sqliteDialect,
      query: async (text, values) => {
        const statement = this.prepare(text)
        statement.setAllowUnknownNamedParameters(true)
        return statement.all(values)
      },
      saveRows: async (table, key, rows) => {
        const [first] = rows
        if (!first) return
        const statement = this.prepare(saveStatement(table, key, Object.keys(first)))
        for (const row of rows) statement.run(...Object.values<Value>(row))
      },
    }
  }

  /** Takes the write lock, waiting for another process without blocking the event loop. */
  async begin(): Promise<void> {
    for (const deadline = Date.now() + lockWaitMs; ;) {
      try {
        this.database.exec('begin immediate')
        return
      } catch (error) {
        if (!isBusy(error)) throw error
        if (Date.now() > deadline) {
          throw new DomainError(
            'unavailable',
            'Another process has been writing to the store for too long. Try again later.',
          )
        }
      }
      await new Promise((resolve) => setTimeout(resolve, 1 + Math.random() * 2))
    }
  }

  rollBack(): void {
    if (this.database.isTransaction) this.database.exec('rollback')
  }

  prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql)
    if (known) return known
    if (this.#statements.size >= statementsMin) {
      this.#earlier = this.#statements
      this.#statements = new Map()
    }
    const statement = this.#earlier.get(sql) ?? this.database.prepare(sql)
    this.#statements.set(sql, statement)
    return statement
  }
}

/** The shape of better-sqlite3's statements, which Kysely expects. */
function kyselyStatement(statement: StatementSync) {
  const values = (parameters: readonly unknown[]): Value[] => parameters.map(bindable)
  return {
    reader: statement.columns().length > 0,
    all: (parameters: readonly unknown[]) => statement.all(...values(parameters)),
    run: (parameters: readonly unknown[]) => statement.run(...values(parameters)),
    iterate: (parameters: readonly unknown[]) => statement.iterate(...values(parameters)),
  }
}

function bindable(value: unknown): Value {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value
  throw new Error(`a ${typeof value} cannot be stored`)
}
