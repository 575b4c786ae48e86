import type { Insertable, Kysely } from 'kysely'

import type { Schema } from './schema.ts'

export type Value = string | number | null
export type Values = Readonly<Record<string, Value>>

/** What the engines do differently; everything else in this folder is the same for all of them. */
export interface Database extends AsyncDisposable {
  /** Sees what is committed, and nothing else. */
  readonly reader: Kysely<Schema>
  readonly dialect: Dialect
  /**
   * Runs one SELECT whose values are named `:name`, in one snapshot. For the hot reads: prepared
   * once for each text.
   */
  query(text: string, values: Values): Promise<Readonly<Record<string, unknown>>[]>
  /** One transaction at a time, durable when the promise resolves. */
  write<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result>
  /** Problems of the files themselves; empty when there are none. */
  checkIntegrity(): Promise<string[]>
}

export interface Transaction {
  readonly db: Kysely<Schema>
  readonly dialect: Dialect
  /** Runs one statement whose values are named `:name`. For the hot writes: prepared once. */
  query(text: string, values: Values): Promise<Readonly<Record<string, unknown>>[]>
  /** Inserts the rows, or replaces the columns of those whose key is taken. Any number of rows. */
  saveRows<Table extends keyof Schema>(
    table: Table,
    key: readonly (keyof Schema[Table] & string)[],
    rows: readonly Insertable<Schema[Table]>[],
  ): Promise<void>
}

/** Words that differ. Arguments are SQL, never values. */
export interface Dialect {
  /** Text of all rows in their order with commas between them. */
  joined(column: string): string
  /** True when the column is one of the numbers of a JSON array. */
  among(column: string, json: string): string
  /** True when the column's JSON object has this value, as text, by this name. */
  memberIs(column: string, name: string, value: string): string
  /** That a table in FROM is read by its primary key. */
  byKey(table: string): string
  /** Which index a table in FROM is read by. */
  by(index: string): string
}
