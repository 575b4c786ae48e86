import type { Value } from '../database.ts'

/** A table as the catalogue of its database describes it. */
export interface CopiedTable {
  readonly name: string
  /** By name, since each engine lists them in an order of its own. */
  readonly columns: readonly string[]
  /** Identifies a row; rows are read and written in its order. */
  readonly key: readonly string[]
  /** Tables whose rows must exist first. */
  readonly references: readonly string[]
}

/** The values of a row, in the order of the table's columns. */
export type CopiedRow = readonly Value[]

/** A store that is copied from or to, which this process has claimed for itself. */
export interface CopyEnd extends AsyncDisposable {
  /** For messages; without passwords. */
  readonly name: string
  readonly tables: readonly CopiedTable[]
  /** From here on all reads see what is committed now, and nothing later. */
  beginSnapshot(): Promise<void>
  endSnapshot(): Promise<void>
  /** The rows after this key, in the order of their keys; undefined: from the first one. */
  page(table: CopiedTable, after: CopiedRow | undefined, limit: number): Promise<CopiedRow[]>
  /** The highest key; undefined where the table is empty. */
  lastKey(table: CopiedTable): Promise<CopiedRow | undefined>
  count(table: CopiedTable): Promise<number>
  /** The highest value of a column; null where the table is empty. */
  highest(table: CopiedTable, column: string): Promise<Value>
  /** Adds rows that do not exist yet; committed when the promise resolves. */
  add(table: CopiedTable, rows: readonly CopiedRow[]): Promise<void>
  /** Creates room for events appended since `oldest` (ms since 1970). */
  makeRoomForEvents(oldest: number): Promise<void>
  /** The fingerprint of the source of an unfinished copy; undefined where there is none. */
  unfinished(): Promise<string | undefined>
  markUnfinished(source: string): Promise<void>
  /** Syncs everything to disk; servers may use it from then on. */
  markFinished(): Promise<void>
}

/** Marks an unfinished copy with its source's fingerprint. Not copied; removed at the end. */
export const markerTable = 'unfinished_copy'
const uncopied = new Set([markerTable, 'schema_migrations', 'rate_buckets'])

/** NOTE: the search index is of the engine's own form. A server builds the copy's when it starts. */
export const isCopied = (table: string): boolean =>
  !uncopied.has(table) && !table.startsWith('search')

export const unfinishedSentence =
  'This store is an unfinished copy. Run the same `./doorstep copy` again to finish it, or start with ' +
  'an empty store.'

const quoted = (columns: readonly string[]): string =>
  columns.map((column) => `"${column}"`).join(', ')

/** Statements that run on both engines; `value` prints the placeholder of the n-th value, from 1. */
export function copyStatements(table: CopiedTable, value: (at: number) => string) {
  const { name, columns, key } = table
  const values = (count: number) => Array.from({ length: count }, (_, at) => value(at + 1))
  return {
    first: `select ${quoted(columns)} from "${name}" order by ${quoted(key)} limit ${value(1)}`,
    after: `select ${quoted(columns)} from "${name}"
      where (${quoted(key)}) > (${values(key.length).join(', ')})
      order by ${quoted(key)} limit ${value(key.length + 1)}`,
    last: `select ${quoted(key)} from "${name}"
      order by ${key.map((column) => `"${column}" desc`).join(', ')} limit 1`,
    count: `select count(*) count from "${name}"`,
    highest: (column: string) => `select max("${column}") highest from "${name}"`,
    insert: `insert into "${name}" (${quoted(columns)})`,
  }
}

/** The values of a row's key, for the next page. */
export const keyOf = ({ columns, key }: CopiedTable, row: CopiedRow): CopiedRow =>
  key.map((column) => row[columns.indexOf(column)] ?? null)
