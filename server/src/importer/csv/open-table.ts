import { isWorkbook, type Source, textOf } from '../files/sources.ts'
import { SourceError } from '../source-error.ts'
import { type ColumnRules, Columns, countKnown, type HeaderMap } from './columns.ts'
import { readSheet } from './read-sheet.ts'
import { readTable, type Table } from './read-table.ts'
import type { TableKind } from './table-attributes.ts'
import type { TimeReading } from './times.ts'

/** How tables are read. */
export interface TableReading {
  /** What every file holds. undefined: what its name says. */
  readonly kind: TableKind | undefined
  readonly map: HeaderMap
  /** Whether columns that the map does not name are left out. */
  readonly isWholeMap?: boolean
  /** Of a preset. */
  readonly rules?: ColumnRules
  readonly times: TimeReading
  readonly encoding: string | undefined
  /** undefined: found by the header. */
  readonly separator?: string | undefined
  readonly headerLine: number | undefined
  /** Of workbooks. */
  readonly sheet: string | undefined
  /** The product whose ids `external_id` holds. */
  readonly source?: string | undefined
}

/** `countKnown`: how many cells of a header would be imported; default: by their names and the map. */
type OpenReading = TableReading & { readonly countKnown?: (cells: readonly string[]) => number }

/** Finds the header; the table is to be closed. Throws SourceError for a table that has none of the columns that it needs. */
export async function openTable(
  kind: TableKind,
  source: Source,
  {
    map,
    isWholeMap,
    rules,
    encoding,
    separator,
    headerLine,
    sheet,
    countKnown: count = (cells) => countKnown(kind, map, cells),
  }: OpenReading,
  onBytes: (count: number) => void,
  onEncoding?: (found: string) => void,
): Promise<{ readonly table: Table; readonly columns: Columns }> {
  const options = {
    name: source.name,
    separator,
    headerLine,
    countKnown: count,
  }
  if (isWorkbook(source) && source.zip) {
    throw new SourceError(`${source.name} is a workbook within a zip: unpack the zip first`)
  }
  const table = isWorkbook(source)
    ? await readSheet({ path: source.path ?? source.name, sheet }, options)
    : await readTable(
        wholeText(source, textOf(source, onBytes, encoding, undefined, onEncoding)),
        options,
      )
  try {
    const columns = new Columns(source.name, kind, table.header.cells, map, isWholeMap, rules)
    return { table, columns }
  } catch (error) {
    await table.close()
    throw error
  }
}

/** Throws SourceError where the file cannot be read or unpacked to its end. */
async function* wholeText({ name }: Source, text: AsyncIterable<string>): AsyncGenerator<string> {
  try {
    yield* text
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error
    throw new SourceError(`${name} cannot be read further: ${error.message}`)
  }
}
