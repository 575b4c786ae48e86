import type { Statements } from '../database.ts'
import { storable } from './statements.ts'

/** The type of each column, by its table and name. */
export type ColumnTypes = ReadonlyMap<string, string>

type Run = (text: string, values: unknown[]) => Promise<void>

/**
 * One statement for any number of rows: of values where it is one, which is what a check-in needs;
 * else of one array for each column, so that its text is the same for any number.
 */
export function savingRows(types: ColumnTypes, run: Run): Statements['saveRows'] {
  return async (table, key, rows) => {
    const kept = rows.length > 1 && key.length > 0 ? lastOfEach(key, rows) : rows
    const [first] = kept
    if (!first) return
    const columns = Object.keys(first)
    const values = kept.map((row) => Object.values(row).map(storable))
    if (kept.length === 1) {
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

/** A statement may not replace the same row twice. */
function lastOfEach<Row extends object>(key: readonly string[], rows: readonly Row[]): Row[] {
  const kept = new Map<string, Row>()
  for (const row of rows) {
    const values = new Map(Object.entries(row))
    kept.set(JSON.stringify(key.map((column) => values.get(column))), row)
  }
  return [...kept.values()]
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
