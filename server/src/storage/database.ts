import type { Insertable, Kysely } from 'kysely'

import type { EngineLoad } from '../domain/store-load.ts'
import type { Fault, WriteOptions } from '../domain/store.ts'
import type { WordQuery } from '../domain/words.ts'
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

/** What the engines do differently. Everything else in this folder is the same for all engines. */
export interface Database extends ReadableDatabase {
  readonly engine: { readonly name: 'SQLite' | 'PostgreSQL'; readonly version: string }
  /**
   * Runs the work in a transaction, which is durable when the promise resolves. The work of
   * one account runs one piece at a time across all processes, so what it reads stays the same until
   * it has written. undefined: data that belongs to no account, also one piece at a time.
   */
  write<Result>(
    account: number | undefined,
    work: (tx: SqlTransaction) => Promise<Result>,
    writeOptions?: WriteOptions,
  ): Promise<Result>
  /**
   * Runs one statement that changes data which may be lost. It takes no account's write turn, and does
   * not wait for the disk where the engine allows it.
   */
  writeLossy<Result>(work: (db: Kysely<Schema>) => Promise<Result>): Promise<Result>
  /**
   * Runs a few short queries of committed state without waiting for writers. On PostgreSQL they share
   * one snapshot. On SQLite a commit between two of them is seen by the second.
   */
  read<Result>(work: (reader: Reader) => Promise<Result>): Promise<Result>
  /** For reading very much: on SQLite it leaves alone what others have in their cache. */
  readonly aside: Reader
  /** As `read`, for long queries of background work. */
  snapshot<Result>(work: (reader: Reader) => Promise<Result>): Promise<Result>
  /** Throws `unavailable` when the database cannot be read. */
  ping(): Promise<void>
  /** Whether this process holds the claim of this name. Takes the claim when it is free. */
  claim(name: string): Promise<boolean>
  /** Notifies all processes, soon, that events of the account were committed. */
  announce(account: number): void
  /**
   * Calls the listener for every announced account; undefined: any account may have new events.
   * Returns a function that removes the listener.
   */
  onAnnounced(listener: (account: number | undefined) => void): () => void
  /** Asks all processes, soon, to do this background job. */
  announceJob(name: string): void
  /** Calls the listener when the job is announced, and when an announcement may have been missed. */
  onJobAnnounced(name: string, listener: () => void): () => void
  /** Creates partitions for future events, where the engine needs them in advance. */
  makeRoomForEvents(now: number, retentionMs: number): Promise<void>
  /** Creates partitions for future events and drops expired ones, where the engine has partitions. */
  rotateEvents(now: number, retentionMs: number): Promise<void>
  /** Problems of the files or the server; empty when all is well. */
  checkIntegrity(): Promise<Fault[]>
  /** What it has to cope with now. */
  load(): EngineLoad
  /** Bytes. */
  size(): Promise<number>
}

/** What runs the statements of a transaction. */
export interface Statements extends Reader {
  /**
   * Inserts the rows, or replaces the columns of rows whose key exists. Without a key all rows are
   * new. Takes any number of rows; where a key appears twice, the last row wins.
   */
  saveRows<Table extends keyof Schema>(
    table: Table,
    key: readonly (keyof Schema[Table] & string)[],
    rows: readonly Insertable<Schema[Table]>[],
  ): Promise<void>
}

/**
 * The statements of one transaction or savepoint. What is read through this object may be cached as
 * long as it lives. Work that commits or fails as one group shares the object.
 */
export type SqlTransaction = Statements

/** What is between the rows of `joinedBytes`. */
export type Separator = 'commas' | 'lines'

/** SQL that differs between the engines. Arguments are SQL text, never values. */
export interface Dialect {
  /** The column of all rows as text, in their order, joined by commas. */
  joined(column: string): string
  /** The same, in the form that `bytesOf` expects, joined by commas or by lines. */
  joinedBytes(column: string, by?: Separator): string
  /** The value as JSON text. */
  json(value: string): string
  /** A time in ms as `2026-03-02T09:15:00Z`. */
  time(ms: string): string
  /** Whether the column is one of the numbers of a JSON array. */
  inJsonList(column: string, json: string): string
  /** Whether the column's JSON object has this member with this value, as text. */
  memberIs(column: string, name: string, value: string): string
  /** The present time, in ms since 1970. */
  readonly now: string
  /** Hint after a table in FROM: read it by its primary key. */
  usingPrimaryKey(table: string): string
  /** Hint after a table in FROM: read it by this index. */
  usingIndex(index: string): string
  /** All rows as a JSON array of pairs. */
  pairs(one: string, other: string): string
  /**
   * The distinct rows of all ranges, such that the first `count` rows in this order are cheap. Each
   * range is a SELECT of exactly the columns of the order.
   */
  unionOfRanges(ranges: readonly string[], order: string, count: string): string
  /** What follows FROM: each key joined with its row of the table, in the order of the keys. */
  joinInOrder(keys: string, table: string, order: string): string
  /** What follows FROM: rows `s` of `searched` whose words are what this text of `wordQuery` asks. */
  foundBy(text: string): string
  /** The order of such rows in which the first ones are cheap: those stored last come first. */
  readonly lastStoredFirst: string
  /** One of the scopes must be among the words, and the query must match. */
  wordQuery(scopes: readonly string[], query: WordQuery): string
  /** Whether a row of visit_events is in a partition that `rotateEvents` will drop. */
  readonly isPartitioned: string
}

/** The remedy for damage that only a backup can undo. */
export const restoreBackup =
  'Stop the server and restore the newest backup, then run `./doorstep doctor` again.'
