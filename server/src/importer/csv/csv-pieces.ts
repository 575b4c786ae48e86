import { basename } from 'node:path'

import type { AccountKey } from '../../domain/accounts.ts'
import type { ExternalId } from '../../domain/external-ids.ts'
import type { Store } from '../../domain/store.ts'
import { Rejection } from '../attributes.ts'
import { isWorkbook, type Source, textOf } from '../files.ts'
import type { Piece } from '../run-import.ts'
import { SourceError } from '../source-error.ts'
import { Cells, quote } from './cells.ts'
import { Columns, countKnown, type HeaderMap, type TableKind, tableKinds } from './columns.ts'
import type { TableRow } from './cut-rows.ts'
import { ExternalIds } from './external-ids.ts'
import { findKnown, lookUp } from './look-up.ts'
import type { Names } from './names.ts'
import { NewIds } from './new-ids.ts'
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
  /** Whether columns that the map does not name are left out. */
  readonly isWholeMap?: boolean
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
  const newIds = new NewIds(options)
  const ids = new VisitIds(options, newIds)
  const externals = new ExternalIds(options, options.reading.source ?? defaultSource, newIds)
  for (const kind of tableKinds) yield* endMarked(piecesOfKind(kind))

  async function* piecesOfKind(kind: TableKind): AsyncGenerator<Piece> {
    for (const source of sources) {
      if ((options.reading.kind ?? kindOfFile(source.name)) !== kind) continue
      ids.beginFile()
      yield* piecesOf(kind, source, { ...options, externals }, ids)
    }
  }
}

/** The pieces, of which the last is marked. */
async function* endMarked(pieces: AsyncIterable<Piece>): AsyncGenerator<Piece> {
  let last: Piece | undefined
  for await (const piece of pieces) {
    if (last) yield last
    last = piece
  }
  if (last) yield { ...last, isLastOfKind: true }
}

async function* piecesOf(
  kind: TableKind,
  source: Source,
  options: CsvOptions & { readonly externals: ExternalIds },
  ids: GivesIds,
): AsyncGenerator<Piece> {
  const { table, columns } = await openTable(kind, source, options.reading, options.onBytes)
  const { header } = table
  const columnOf = (field: string): string | undefined => columns.label(attributeOf(field))
  let index = 0
  for await (const rows of inChunks(table.rows)) {
    await lookUp(kind, rows, columns, options.externals)
    const known = await findKnown(kind, rows, columns, options)
    const read: Read[] = []
    for (const row of rows) read.push(await readRow(kind, row, columns, options, known))
    const numbered = await withIds(read, ids)
    for (const [at, row] of rows.entries()) {
      const item = numbered[at]
      const { line, text } = row
      const place = { file: source.name, line, index: index++ }
      const about = { header: header.text, text, columnOf }
      if (item) yield { ...place, row: about, ...item }
    }
  }
  const unused = columns.unused
  options.onFile({
    file: source.name,
    headerLine: header.line,
    leftOut: table.leftOut,
    columns: unused,
  })
}

/** `countKnown`: how many cells of a header would be imported; default: by their names and the map. */
type OpenReading = TableReading & { readonly countKnown?: (cells: readonly string[]) => number }

/** Finds the header. Throws SourceError for a table that has none of the columns that it needs. */
export async function openTable(
  kind: TableKind,
  source: Source,
  {
    map,
    isWholeMap,
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
  const columns = new Columns(source.name, kind, table.header.cells, map, isWholeMap)
  return { table, columns }
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

/** The attribute of a JSON pointer into an item: `visited_at` of `/data/visited_at`. */
export const attributeOf = (field: string): string => field.split('/').at(-1) ?? field

/** Gives ids to visits that have none. */
export type GivesIds = Pick<VisitIds, 'beginFile' | 'find'>

const chunkRows = 500
/** Rows may be long. */
const chunkLength = 4 * 1024 * 1024

/** Rows together, so that what they name is found by one query. */
async function* inChunks(rows: AsyncIterable<TableRow>): AsyncGenerator<TableRow[]> {
  let chunk: TableRow[] = []
  let length = 0
  for await (const row of rows) {
    chunk.push(row)
    length += row.text.length
    if (chunk.length < chunkRows && length < chunkLength) continue
    yield chunk
    chunk = []
    length = 0
  }
  if (chunk.length > 0) yield chunk
}

type Attributes = Readonly<Record<string, unknown>>

type Read =
  /** `unnumbered`: the data of a visit without an id. */
  | {
      readonly value: Attributes
      readonly unnumbered?: Attributes
      readonly isNumberedHere?: boolean
      readonly external?: Omit<ExternalId, 'id'>
      readonly onTaken?: () => void
    }
  | { readonly broken: string; readonly reason: string; readonly field?: string }

/** With ids for the visits that have none. */
async function withIds(read: readonly Read[], ids: GivesIds) {
  const waiting: Attributes[] = []
  for (const each of read) {
    if ('value' in each && each.unnumbered) waiting.push(each.unnumbered)
  }
  const given = (await ids.find(waiting)).values()
  return read.map((each) => {
    if (!('value' in each) || !each.unnumbered) return each
    const data = { ...each.unnumbered, id: given.next().value }
    return { value: { ...each.value, data }, isNumberedHere: true }
  })
}

interface RowOptions extends Pick<CsvOptions, 'names' | 'reading'> {
  readonly externals: ExternalIds
}

/** A row as the API would answer it, or why it cannot be read. `known`: records that are here. */
export async function readRow(
  kind: TableKind,
  row: TableRow,
  columns: Columns,
  { names, reading, externals }: RowOptions,
  known: ReadonlyMap<number, Attributes> = new Map(),
): Promise<Read> {
  if (!('cells' in row)) return { broken: row.text, reason: row.reason }
  columns.countUnused(row.cells)
  const cells = new Cells(columns, row.cells)
  try {
    const text = externalIdIn(cells)
    if (kind !== 'visit') {
      const given = cells.id('id')
      const found = text === undefined ? undefined : externals.find(kind, text)?.id
      const before = known.get(given ?? found ?? 0)
      const value = await recordOfRow(kind, cells, names, reading.times, before)
      if (text === undefined) return { value: { ...value, data: { ...value.data, id: given } } }
      const { id, about } = await identify(kind, text, given, externals)
      return { value: { ...value, data: { ...value.data, id } }, ...about }
    }
    const item = await visitOfRow(cells, names, reading.times, externals)
    if (text !== undefined) {
      const { id, about } = await identify(kind, text, item.data.id, externals)
      return { value: { ...item, data: { ...item.data, id } }, ...about }
    }
    return { value: item, ...(item.data.id === undefined && { unnumbered: item.data }) }
  } catch (error) {
    if (!(error instanceof Rejection)) throw error
    return { broken: row.text, reason: error.message, field: error.field }
  }
}

function externalIdIn(cells: Cells): string | undefined {
  const text = cells.text('external_id')
  if (text === undefined || text.length <= externalIdMax) return text
  throw new Rejection('external_id', `is longer than ${externalIdMax} characters`)
}

/**
 * The id here of what a row calls by an id of another product; `given`: the row has it. Only for rows
 * that are read to their ends, as one that is rejected must not link what later rows name. Throws
 * Rejection.
 */
async function identify(
  kind: TableKind,
  text: string,
  given: number | undefined,
  externals: ExternalIds,
) {
  const about = {
    external: { kind, source: externals.source, externalId: text },
    onTaken: () => externals.accept(kind, text),
  }
  if (given === undefined) {
    return { id: await externals.give(kind, text), about: { ...about, isNumberedHere: true } }
  }
  const other = externals.link(kind, text, given)
  if (other === undefined) return { id: given, about }
  const why = `is already the external id of ${kind} ${other} from ${quote(externals.source)}`
  throw new Rejection('external_id', `${quote(text)} ${why}`)
}

const externalIdMax = 255
export const defaultSource = 'files'
