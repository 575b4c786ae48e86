import { SourceError } from '../source-error.ts'
import { columnsMax, type TableRow } from './cut-rows.ts'
import { chooseHeader, type Table, tableOf, type TableOptions } from './read-table.ts'
import { shapeOf } from './row-shape.ts'
import { partOfSheet } from './sheet-names.ts'
import { sheetRows } from './sheet-rows.ts'
import { scanWorkbook, type Uncomputed } from './sheet-scan.ts'

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
  const part = await partOfSheet(path, options.name, sheet)
  const scanned = await scanWorkbook(path, options.name, part)
  const rows = rowsOf({ path, sheet, part }, options.name, scanned.get(part ?? '') ?? new Map())
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

async function* rowsOf(
  { path, sheet, part }: Sheet & { readonly part: string | undefined },
  name: string,
  uncomputed: Uncomputed,
): AsyncGenerator<TableRow> {
  const number = /^\d+$/.test(sheet ?? '') ? Number(sheet) - 1 : undefined
  try {
    for await (const { line, cells } of sheetRows({
      path,
      shown: name,
      sheet: number ?? sheet ?? 0,
      part,
    })) {
      if (cells.length > columnsMax) {
        throw new SourceError(
          `${name}: row ${line} has more than ${columnsMax} columns, so nothing more of the file is read`,
        )
      }
      if (cells.every((cell) => cell === '') && !uncomputed.has(line)) continue
      const row = { line, text: cells.map(quoted).join(',') }
      const formula = uncomputed.get(line)
      if (formula === undefined) yield { ...row, cells }
      else yield { ...row, reason: `${formula} has a formula and no value: ${computeIt}` }
    }
  } catch (error) {
    if (error instanceof SourceError || !(error instanceof Error)) throw error
    throw new SourceError(`${name} cannot be read as a workbook: ${error.message}`)
  }
}

const computeIt = 'open the file in a spreadsheet program and save it'

const quoted = (cell: string): string =>
  /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
