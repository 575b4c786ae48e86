import type { Value } from '../database.ts'

/** A table as the catalogue of its database tells it. */
export interface CopiedTable {
  readonly name: string
  /** In the order of their names, since the engines list them in orders of their own. */
  readonly columns: readonly string[]
  /** What tells its rows apart; rows are read and written in its order. */
  readonly key: readonly string[]
  /** Tables whose rows must be there first. */
  readonly references: readonly string[]
}

/** The values of a row, in the order of the table's columns. */
export type CopiedRow = readonly Value[]

/** A store that is copied from or to, which this process has claimed for itself. */
export interface CopyEnd extends AsyncDisposable {
  /** For people; nothing secret. */
  readonly name: string
  readonly tables: readonly CopiedTable[]
  /** From here on all reading sees what is committed now, and nothing later. */
  beginSnapshot(): Promise<void>
  endSnapshot(): Promise<void>
  /** The rows after this key, in the order of their keys; undefined: from the first one. */
  page(table: CopiedTable, after: CopiedRow | undefined, limit: number): Promise<CopiedRow[]>
  /** The highest key; undefined where the table is empty. */
  lastKey(table: CopiedTable): Promise<CopiedRow | undefined>
  count(table: CopiedTable): Promise<number>
  /** The highest value of a column; null where the table is empty. */
  highest(table: CopiedTable, column: string): Promise<Value>
  /** Adds rows that are not there yet; committed when the promise resolves. */
  add(table: CopiedTable, rows: readonly CopiedRow[]): Promise<void>
  /** Makes room for events that were appended since (ms since 1970). */
  makeRoomForEvents(oldest: number): Promise<void>
  /** What the unfinished copy in this store is of; undefined where there is none. */
  unfinished(): Promise<string | undefined>
  markUnfinished(source: string): Promise<void>
  /** Everything is on disk, and servers may use it. */
  markFinished(): Promise<void>
}

/** Where a copy that is not finished says what it is of. Not copied; there only until the end. */
export const markerTable = 'unfinished_copy'
const uncopied = new Set([markerTable, 'schema_migrations', 'rate_buckets'])

export const isCopied = (table: string): boolean => !uncopied.has(table)

export const unfinishedSentence =
  'This store is an unfinished copy. Run the same `doorstep copy` again to finish it, or begin with ' +
  'an empty one.'

const quoted = (columns: readonly string[]): string =>
  columns.map((column) => `"${column}"`).join(', ')

/** The statements that both engines take as they are; `value` writes the n-th value, from 1. */
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
