import { basename } from 'node:path'

import type { AccountKey } from '../../domain/accounts.ts'
import type { Store } from '../../domain/store.ts'
import type { Source } from '../files/sources.ts'
import type { Piece } from '../run-import.ts'
import type { TableRow } from './cut-rows.ts'
import { ExternalIds } from './external-ids.ts'
import { findKnown, lookUp } from './look-up.ts'
import type { Names } from './names.ts'
import { NewIds } from './new-ids.ts'
import { openTable, type TableReading } from './open-table.ts'
import { type Read, readRow } from './read-row.ts'
import { SeenRows } from './seen-rows.ts'
import { type TableKind, tableKinds } from './table-attributes.ts'
import { VisitIds } from './visit-ids.ts'

export interface CsvOptions {
  readonly store: Store
  readonly account: AccountKey
  readonly names: Names
  readonly reading: TableReading
  /** Of files that are read in ways of their own. */
  readonly readings?: ReadonlyMap<Source, TableReading>
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
  const externals = new Map<string, ExternalIds>()
  for (const kind of tableKinds) yield* endMarked(piecesOfKind(kind))

  async function* piecesOfKind(kind: TableKind): AsyncGenerator<Piece> {
    for (const source of sources) {
      const reading = options.readings?.get(source) ?? options.reading
      if ((reading.kind ?? kindOfFile(source.name)) !== kind) continue
      ids.beginFile()
      const product = reading.source ?? defaultSource
      const known = externals.get(product) ?? new ExternalIds(options, product, newIds)
      externals.set(product, known)
      yield* piecesOf(kind, source, { ...options, reading, externals: known }, ids)
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
  const rowOptions = { ...options, seen: new SeenRows(kind, columns) }
  let index = 0
  try {
    for await (const rows of inChunks(table.rows)) {
      await lookUp(kind, rows, columns, options.externals)
      const known = await findKnown(kind, rows, columns, options)
      const read: Read[] = []
      for (const row of rows) read.push(await readRow(kind, row, columns, rowOptions, known))
      const numbered = await withIds(read, ids)
      for (const [at, row] of rows.entries()) {
        const item = numbered[at]
        const { line, text } = row
        const place = { file: source.name, line, index: index++ }
        const about = { header: header.text, text, columnOf }
        if (item) yield { ...place, row: about, ...item }
      }
    }
  } finally {
    await table.close()
  }
  const unused = columns.unused
  options.onFile({
    file: source.name,
    headerLine: header.line,
    leftOut: table.leftOut,
    columns: unused,
  })
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

export const defaultSource = 'files'
