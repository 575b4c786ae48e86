import { basename } from 'node:path'

import type { AccountKey } from '../../domain/accounts.ts'
import type { Store } from '../../domain/store.ts'
import { isObject, Rejection } from '../attributes.ts'
import { isWorkbook, type Source, textOf } from '../files.ts'
import type { Piece } from '../run-import.ts'
import { SourceError } from '../source-error.ts'
import { Cells } from './cells.ts'
import { Columns, countKnown, type HeaderMap, type TableKind, tableKinds } from './columns.ts'
import type { TableRow } from './cut-rows.ts'
import type { Names } from './names.ts'
import { readSheet } from './read-sheet.ts'
import { readTable, type Table } from './read-table.ts'
import { recordOfRow } from './record-rows.ts'
import type { TimeReading } from './times.ts'
import { VisitIds } from './visit-ids.ts'
import { visitOfRow } from './visit-rows.ts'

/** How tables are read. */
export interface TableReading {
  /** What every file holds. undefined: what its name says. */
  readonly kind: TableKind | undefined
  readonly map: HeaderMap
  readonly times: TimeReading
  readonly encoding: string | undefined
  readonly headerLine: number | undefined
  /** Of workbooks. */
  readonly sheet: string | undefined
}

export interface CsvOptions {
  readonly store: Store
  readonly account: AccountKey
  readonly names: Names
  readonly reading: TableReading
  readonly isDryRun: boolean
  readonly onBytes: (count: number) => void
  readonly onFile: (note: FileNote) => void
}

/** What was found in a file besides the rows that were read, once it has been read. */
export interface FileNote {
  readonly file: string
  readonly headerLine: number
  /** Lines before the header, and totals behind the rows. */
  readonly leftOut: readonly { readonly line: number; readonly text: string }[]
  /** Columns that were not imported, with how many cells had a value. */
  readonly columns: readonly { readonly header: string; readonly cells: number }[]
}

/** What a file holds, by its name: `leads.0.csv`. */
export function kindOfFile(name: string): TableKind | undefined {
  const plural = /(?:^|[^a-z])(lead|contact|visit)s(?=[^a-z]|$)/.exec(basename(name).toLowerCase())
  return tableKinds.find((kind) => kind === plural?.[1])
}

/** The rows of the files as the API would answer them, leads and contacts before visits. */
export async function* csvPieces(
  sources: readonly Source[],
  options: CsvOptions,
): AsyncGenerator<Piece> {
  const ids = new VisitIds(options)
  for (const kind of tableKinds) {
    for (const source of sources) {
      if ((options.reading.kind ?? kindOfFile(source.name)) !== kind) continue
      ids.beginFile()
      yield* piecesOf(kind, source, options, ids)
    }
  }
}

async function* piecesOf(
  kind: TableKind,
  source: Source,
  options: CsvOptions,
  ids: VisitIds,
): AsyncGenerator<Piece> {
  const { table, columns } = await openTable(kind, source, options.reading, options.onBytes)
  const { header } = table
  const columnOf = (field: string): string | undefined => columns.label(attributeOf(field))
  let index = 0
  for await (const row of table.rows) {
    const { line, text } = row
    const place = { file: source.name, line, index: index++ }
    const about = { header: header.text, text, columnOf }
    yield { ...place, row: about, ...(await itemOf(kind, row, columns, options, ids)) }
  }
  const unused = columns.unused
  options.onFile({
    file: source.name,
    headerLine: header.line,
    leftOut: table.leftOut,
    columns: unused,
  })
}

/** Finds the header. Throws SourceError for a table that has none of the columns that it needs. */
export async function openTable(
  kind: TableKind,
  source: Source,
  { map, encoding, headerLine, sheet }: TableReading,
  onBytes: (count: number) => void,
): Promise<{ readonly table: Table; readonly columns: Columns }> {
  const options = {
    name: source.name,
    headerLine,
    countKnown: (cells: readonly string[]) => countKnown(kind, map, cells),
  }
  if (isWorkbook(source) && source.zip) {
    throw new SourceError(`${source.name} is a workbook within a zip: unpack the zip first`)
  }
  const table = isWorkbook(source)
    ? await readSheet({ path: source.name, sheet }, options)
    : await readTable(textOf(source, onBytes, encoding), options)
  return { table, columns: new Columns(source.name, kind, table.header.cells, map) }
}

/** The attribute of a JSON pointer into an item: `visited_at` of `/data/visited_at`. */
const attributeOf = (field: string): string => field.split('/').at(-1) ?? field

type Read =
  | { readonly value: unknown; readonly isNumberedHere?: boolean }
  | { readonly broken: string; readonly reason: string; readonly field?: string }

async function itemOf(
  kind: TableKind,
  row: TableRow,
  columns: Columns,
  options: CsvOptions,
  ids: VisitIds,
): Promise<Read> {
  if (!('cells' in row)) return { broken: row.text, reason: row.reason }
  columns.countUnused(row.cells)
  const cells = new Cells(columns, row.cells)
  const { names, reading } = options
  try {
    if (kind !== 'visit') {
      const known = await findKnown(kind, cells.id('id'), options)
      return { value: await recordOfRow(kind, cells, names, reading.times, known) }
    }
    const item = await visitOfRow(cells, names, reading.times)
    if (item.data.id !== undefined) return { value: item }
    const id = await ids.find(item.data)
    return { value: { ...item, data: { ...item.data, id } }, isNumberedHere: true }
  } catch (error) {
    if (!(error instanceof Rejection)) throw error
    return { broken: row.text, reason: error.message, field: error.field }
  }
}

/** The attributes of a record that is here. */
async function findKnown(
  kind: 'lead' | 'contact',
  id: number | undefined,
  { store, account }: CsvOptions,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  if (id === undefined) return undefined
  const page = { offset: 0, limit: 1, sort: { field: 'id', descending: false } } as const
  const { rows } = await store[`${kind}s`].list(account, { ids: [id] }, page)
  const attributes: unknown = rows[0] && JSON.parse(rows[0].attributes)
  return isObject(attributes) ? attributes : undefined
}
