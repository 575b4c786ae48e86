import type { Insertable, Kysely } from 'kysely'

import type { Finding, WriteOptions } from '../domain/store.ts'
import type { Schema } from './schema.ts'

export type Value = string | number | null
export type Values = Readonly<Record<string, Value>>

/** What runs a query: a database sees what is committed, a transaction its own writes as well. */
export interface Reader {
  readonly db: Kysely<Schema>
  readonly dialect: Dialect
  /** Runs one statement whose values are named `:name`. For hot statements: prepared once per text. */
  query(text: string, values: Values): Promise<Readonly<Record<string, unknown>>[]>
}

/** A database, or a replica of one. Each statement has a snapshot of its own. */
export interface ReadableDatabase extends Reader, AsyncDisposable {}

/** What the engines do differently; everything else in this folder is the same for all of them. */
export interface Database extends ReadableDatabase {
  readonly engine: { readonly name: 'SQLite' | 'PostgreSQL'; readonly version: string }
  /**
   * Runs the work in a transaction, durable when the promise resolves. Of one account, by whatever
   * process, one at a time: what the work reads stays as it is until it has written. undefined: what
   * belongs to no account, one at a time as well.
   */
  write<Result>(
    account: number | undefined,
    work: (tx: SqlTransaction) => Promise<Result>,
    writeOptions?: WriteOptions,
  ): Promise<Result>
  /**
   * Runs one statement that changes what may be lost: in nobody's turn, and without waiting for the
   * disk where the engine can do without.
   */
  writeLossy<Result>(work: (db: Kysely<Schema>) => Promise<Result>): Promise<Result>
  /**
   * Runs a few short queries of committed state without waiting for writers. On PostgreSQL they share
   * one snapshot. On SQLite a commit between two of them is seen by the second.
   */
  read<Result>(work: (reader: Reader) => Promise<Result>): Promise<Result>
  /** As `read`, for queries that take long and that nobody waits for. */
  snapshot<Result>(work: (reader: Reader) => Promise<Result>): Promise<Result>
  /** Throws `unavailable` when nothing can be read at present. */
  ping(): Promise<void>
  /** True when this process has the claim of this name, which it takes when nobody has it. */
  claim(name: string): Promise<boolean>
  /** Tells all processes, soon, that events of the account were committed. */
  announce(account: number): void
  /**
   * Calls the listener for every account that is announced; undefined: it may be any. Ends when what
   * is returned is called.
   */
  onAnnounced(listener: (account: number | undefined) => void): () => void
  /** Tells all processes, soon, that this work is to be done. */
  announceWork(name: string): void
  /** Calls the listener when the work is announced, and when that may have been missed. */
  onWorkAnnounced(name: string, listener: () => void): () => void
  /** Makes room for coming events, where that has to be done before they come. */
  makeRoomForEvents(now: number, retentionMs: number): Promise<void>
  /** Makes room for coming events, and drops whole what is past its time, where that is possible. */
  rotateEvents(now: number, retentionMs: number): Promise<void>
  /** Problems of the files or the server; empty when there are none. */
  checkIntegrity(): Promise<Finding[]>
  /** Bytes. */
  size(): Promise<number>
}

/** What runs the statements of a transaction. */
export interface Statements extends Reader {
  /**
   * Inserts the rows, or replaces the columns of those whose key is taken; without a key all of them
   * are new. Any number of rows; where a key comes twice, the last row counts.
   */
  saveRows<Table extends keyof Schema>(
    table: Table,
    key: readonly (keyof Schema[Table] & string)[],
    rows: readonly Insertable<Schema[Table]>[],
  ): Promise<void>
}

/** The same object for works that commit or fail together. */
export interface SqlTransaction extends Statements {
  /**
   * Leaves a write to the end, when all works are done: of what each of them changes, like a counter,
   * the last state alone has to be written. It is not seen before.
   */
  atEnd(write: () => Promise<unknown>): void
}

/** Words that differ. Arguments are SQL, never values. */
export interface Dialect {
  /** Text of all rows in their order with commas between them. */
  joined(column: string): string
  /** The same, as `bytesOf` takes it. */
  joinedBytes(column: string): string
  /** True when the column is one of the numbers of a JSON array. */
  inJsonList(column: string, json: string): string
  /** True when the column's JSON object has this value, as text, by this name. */
  memberIs(column: string, name: string, value: string): string
  /** That a table in FROM is read by its primary key. */
  usingPrimaryKey(table: string): string
  /** Which index a table in FROM is read by. */
  usingIndex(index: string): string
  /** A JSON array of pairs, of all rows. */
  pairs(one: string, other: string): string
  /**
   * The rows of all these ranges without those that are there twice, so that the first `count` in
   * this order are cheap. Each range is a SELECT of the order's columns and no others.
   */
  unionOfRanges(ranges: readonly string[], order: string, count: string): string
  /** FROM and after: for each of the keys its row of the table, in the order of the keys. */
  joinInOrder(keys: string, table: string, order: string): string
  /** True for a row of visit_events that `rotateEvents` will drop with many others. */
  readonly isPartitioned: string
}

/** What to do about damage that nothing else mends. */
export const restoreBackup =
  'Stop the server and restore the newest backup, then run `doorstep doctor` again.'
