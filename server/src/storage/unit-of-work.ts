import type { Statements, SqlTransaction } from './database.ts'

/**
 * One transaction or savepoint: a work, or several works that commit or fail together. They share
 * `tx`, and with it cached reads and counters.
 */
export class UnitOfWork {
  readonly tx: SqlTransaction
  readonly #atEnd: (() => Promise<unknown>)[] = []

  constructor(statements: Statements) {
    this.tx = {
      db: statements.db,
      dialect: statements.dialect,
      query: (text, values) => statements.query(text, values),
      saveRows: statements.saveRows,
      atEnd: (write) => void this.#atEnd.push(write),
    }
  }

  /** Runs the postponed writes. Call it once, when all works are done. */
  async end(): Promise<void> {
    for (const write of this.#atEnd) await write()
  }
}
