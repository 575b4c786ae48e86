import { readFile, stat } from 'node:fs/promises'

import { streamXlsxRows, type CellValue } from 'hucre/xlsx'

import { SourceError } from '../source-error.ts'
import { listZip, readMember } from '../zips.ts'
import { columnsMax, type TableRow } from './cut-rows.ts'
import { chooseHeader, type Table, tableOf, type TableOptions } from './read-table.ts'
import { shapeOf } from './row-shape.ts'

/** Excel's files are read whole, packed. */
const packedMax = 100 * 1024 * 1024
const unpackedMax = 2 * 1024 * 1024 * 1024
/** Of texts, which are held in memory. */
const textsMax = 256 * 1024 * 1024
const headerRowsMax = 30

export interface Sheet {
  readonly path: string
  /** By name or number from 1. undefined: the first. */
  readonly sheet: string | undefined
}

/**
 * The table on a sheet of a workbook. Times of cells have no zone: they come as `2024-03-14 09:15:00`.
 * Throws SourceError.
 */
export async function readSheet({ path, sheet }: Sheet, options: TableOptions): Promise<Table> {
  await requireSmall(path, options.name)
  const rows = rowsOf({ path, sheet }, options.name)
  const first: TableRow[] = []
  for (let next = await rows.next(); !next.done; next = await rows.next()) {
    first.push(next.value)
    if (first.length === headerRowsMax) break
  }
  const candidates = first.flatMap((row) => ('cells' in row ? row : []))
  const { headerLine } = options
  const header = chooseHeader(
    candidates.filter(({ line }) => headerLine === undefined || line === headerLine),
    options.countKnown,
  )
  if (!header) {
    const where = sheet === undefined ? 'its first sheet' : `a sheet ${sheet}`
    throw new SourceError(`${options.name} has no row for a header on ${where}`)
  }
  const { width } = shapeOf(header.cells)
  async function* all(): AsyncGenerator<TableRow> {
    for (const row of first) yield fitted(row, width, header?.line ?? 0)
    for await (const row of rows) yield fitted(row, width, header?.line ?? 0)
  }
  const close = async (): Promise<void> => {
    await rows.return(undefined)
  }
  return { ...tableOf(all(), header, () => {}), close }
}

/** A row behind the header must not have more cells. */
function fitted(row: TableRow, width: number, headerLine: number): TableRow {
  if (!('cells' in row) || row.line <= headerLine) return row
  const { line, text, cells } = row
  if (cells.slice(width).every((cell) => cell === '')) return row
  return { line, text, reason: `the row has ${cells.length} cells, the header ${width}` }
}

async function requireSmall(path: string, name: string): Promise<void> {
  const { size } = await stat(path)
  const members = await listZip(path, name)
  const unpacked = members.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  const texts = members.find((member) => member.name.endsWith('sharedStrings.xml'))?.sizeBytes ?? 0
  if (size > packedMax || unpacked > unpackedMax || texts > textsMax) {
    throw new SourceError(`${name} is too large for a workbook: save its sheet as "CSV UTF-8"`)
  }
}

/** The names of a workbook's sheets. Throws SourceError. */
export async function sheetNames(path: string, shown: string): Promise<string[]> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of readMember(path, 'xl/workbook.xml', shown)) {
    bytes += chunk.length
    if (bytes > workbookMax) break
    chunks.push(chunk)
  }
  return namesIn(Buffer.concat(chunks).toString('utf8'))
}

/** The names of the sheets in a workbook's `workbook.xml`. */
export function namesIn(text: string): string[] {
  // NOTE: without `<` in the set, a text of many tags without names would take hours.
  return [...text.matchAll(/<(?:\w+:)?sheet\s[^<>]*?name="([^"]*)"/g)].map(([, name = '']) =>
    name.replaceAll(
      /&(#x?[\da-f]+|\w+);/gi,
      (found, entity: unknown) => plainEntity(entity) ?? found,
    ),
  )
}

const workbookMax = 1024 * 1024
const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
}

function plainEntity(entity: unknown): string | undefined {
  if (typeof entity !== 'string') return undefined
  const [, hex, digits] = /^#(x?)([\da-f]+)$/i.exec(entity) ?? []
  if (digits === undefined) return entities[entity]
  const code = Number.parseInt(digits, hex === '' ? 10 : 16)
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined
}

async function* rowsOf({ path, sheet }: Sheet, name: string): AsyncGenerator<TableRow> {
  const number = /^\d+$/.test(sheet ?? '') ? Number(sheet) - 1 : undefined
  const options = { sheet: number ?? sheet ?? 0 }
  try {
    for await (const { index, values } of streamXlsxRows(await readFile(path), options)) {
      const cells = values.map(textOfCell)
      if (cells.length > columnsMax) {
        throw new SourceError(
          `${name}: row ${index + 1} has ${cells.length} columns, and at most ${columnsMax} are read`,
        )
      }
      if (cells.every((cell) => cell === '')) continue
      yield { line: index + 1, text: cells.map(quoted).join(','), cells }
    }
  } catch (error) {
    if (error instanceof SourceError || !(error instanceof Error)) throw error
    throw new SourceError(`${name} cannot be read as a workbook: ${error.message}`)
  }
}

function textOfCell(value: CellValue): string {
  if (!(value instanceof Date)) return value === null || value === undefined ? '' : String(value)
  if (Number.isNaN(value.getTime())) return ''
  // NOTE: workbooks count 0.385 days as 09:15, and 45365 as that day; floats miss whole seconds.
  const text = new Date(Math.round(value.getTime() / 1000) * 1000).toISOString()
  const [day = '', time = ''] = text.slice(0, 19).split('T')
  if (day < '1900-01-02' && time !== '00:00:00') return time
  return time === '00:00:00' ? day : `${day} ${time}`
}

const quoted = (cell: string): string =>
  /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
