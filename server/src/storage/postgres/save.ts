import type { Statements } from '../database.ts'
import { storable } from './statements.ts'

/** The type of each column, by its table and name. */
export type ColumnTypes = ReadonlyMap<string, string>

type Run = (text: string, values: unknown[]) => Promise<void>

/**
 * Saves any number of rows by one statement: with plain values for a single row, as a check-in needs
 * it; otherwise with one array per column, so that the text is the same for any number of rows.
 */
export function savingRows(types: ColumnTypes, run: Run): Statements['saveRows'] {
  return async (table, key, rows) => {
    const unique = rows.length > 1 && key.length > 0 ? lastOfEach(key, rows) : rows
    const [first] = unique
    if (!first) return
    const columns = Object.keys(first)
    const values = unique.map((row) => Object.values(row).map(storable))
    if (unique.length === 1) {
      const list = columns.map((_, at) => `$${at + 1}`).join(', ')
      await run(
        `${insertInto(table, columns)} values (${list})${replacing(key, columns)}`,
        values[0] ?? [],
      )
      return
    }
    const arrays = columns.map((column, at) => `$${at + 1}::${typeOf(types, table, column)}[]`)
    await run(
      `${insertInto(table, columns)} select * from unnest(${arrays.join(', ')})${replacing(key, columns)}`,
      columns.map((_, at) => values.map((row) => row[at])),
    )
  }
}

/** The last row of each key, since a statement may not replace the same row twice. */
function lastOfEach<Row extends object>(key: readonly string[], rows: readonly Row[]): Row[] {
  const unique = new Map<string, Row>()
  for (const row of rows) {
    const values = new Map(Object.entries(row))
    unique.set(JSON.stringify(key.map((column) => values.get(column))), row)
  }
  return [...unique.values()]
}

const quoted = (columns: readonly string[]) => columns.map((column) => `"${column}"`).join(', ')

const insertInto = (table: string, columns: readonly string[]): string =>
  `insert into ${table} (${quoted(columns)})`

function replacing(key: readonly string[], columns: readonly string[]): string {
  if (key.length === 0) return ''
  const replaced = columns.filter((column) => !key.includes(column))
  const sets = replaced.map((column) => `"${column}" = excluded."${column}"`)
  const action = sets.length === 0 ? 'nothing' : `update set ${sets.join(', ')}`
  return ` on conflict (${quoted(key)}) do ${action}`
}

function typeOf(types: ColumnTypes, table: string, column: string): string {
  const type = types.get(`${table}.${column}`)
  if (type === undefined) throw new Error(`there is no column ${table}.${column}`)
  return type
}
