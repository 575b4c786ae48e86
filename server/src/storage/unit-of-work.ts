import type { Statements, SqlTransaction } from './database.ts'

/**
 * What becomes of one transaction or savepoint: one work, or several that commit or fail together.
 * They share `tx`, and with it what they have read or counted.
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

  /** Transaction what was left to the end; to be called once, when all works are done. */
  async end(): Promise<void> {
    for (const write of this.#atEnd) await write()
  }
}
