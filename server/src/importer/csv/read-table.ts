import { SourceError } from '../source-error.ts'
import { RowCutter, type TableRow } from './cut-rows.ts'

/** A row with the header's names. */
export interface TableHeader {
  readonly line: number
  /** As it stands in the file. */
  readonly text: string
  readonly cells: readonly string[]
}

export interface Table {
  readonly header: TableHeader
  /** undefined: of a sheet. */
  readonly separator?: string
  /** Lines before the header, and totals at the end: they are named, not read. */
  readonly leftOut: { readonly line: number; readonly text: string }[]
  readonly rows: AsyncIterable<TableRow>
  /** Closes the file, of which no more rows are read. */
  readonly close: () => Promise<void>
}

export interface TableOptions {
  /** For messages. */
  readonly name: string
  /** undefined: found by the header. */
  readonly separator?: string | undefined
  /** The line of the header, from 1. undefined: the first row whose cells have the most known names. */
  readonly headerLine?: number | undefined
  /** How many of the cells are names of columns that would be imported. */
  readonly countKnown: (cells: readonly string[]) => number
}

const separators = [',', ';', '\t', '|']
const sampleLength = 64 * 1024
const headerRowsMax = 30
const sepLine = /^"?sep=(.)"?\r?\n/i

/** The table of a text. Throws SourceError where it has no row, or is not read as it was asked. */
export async function readTable(
  text: AsyncIterable<string>,
  options: TableOptions,
): Promise<Table> {
  const chunks = text[Symbol.asyncIterator]()
  const close = async (): Promise<void> => {
    await chunks.return?.()
  }
  try {
    return await readOpened(chunks, close, options)
  } catch (error) {
    await close()
    throw error
  }
}

async function readOpened(
  chunks: AsyncIterator<string>,
  close: Table['close'],
  options: TableOptions,
): Promise<Table> {
  let start = ''
  let isWhole = false
  while (start.length < sampleLength && !isWhole) {
    const next = await chunks.next()
    if (next.done) isWhole = true
    else start += next.value
  }
  const sep = sepLine.exec(start)
  const skipped = sep ? sep[0].length : 0
  const separator = options.separator ?? sep?.[1]
  const body = start.slice(skipped)
  const lines = new Lines(body)
  const firstLine = sep ? 2 : 1
  const found = findHeader(lines.sample(body, isWhole), firstLine, { ...options, separator })
  const cutter = new RowCutter(options.name, found.separator, firstLine)
  async function* cut(): AsyncGenerator<TableRow> {
    for (const line of lines.add(body)) yield* cutter.add(line)
    for (let next = isWhole ? undefined : await chunks.next(); next && !next.done;) {
      for (const line of lines.add(next.value)) yield* cutter.add(line)
      next = await chunks.next()
    }
    for (const line of lines.end()) yield* cutter.add(line)
    yield* cutter.end()
  }
  const { header } = found
  const table = tableOf(cut(), header, () => cutter.setHeader(header.cells))
  return { ...table, separator: found.separator, close }
}

/** The table of rows, from their header on. */
export function tableOf(
  rows: AsyncIterable<TableRow>,
  header: TableHeader,
  onHeader: () => void,
): Omit<Table, 'close'> {
  const leftOut: { line: number; text: string }[] = []
  async function* behindHeader(): AsyncGenerator<TableRow> {
    let totals: TableRow[] = []
    for await (const row of rows) {
      if (row.line < header.line) leftOut.push(row)
      if (row.line === header.line) onHeader()
      if (row.line <= header.line) continue
      if (isTotal(row)) {
        totals.push(row)
        continue
      }
      yield* totals
      totals = []
      yield row
    }
    leftOut.push(...totals)
  }
  return { header, leftOut, rows: behindHeader() }
}

const totalWord =
  /^(?:grand )?(?:totals?|sum|summe|gesamt|gesamtsumme|totale|totaal|suma|somme|razem|celkem)\s*:?$/i

function isTotal(row: TableRow): boolean {
  if (!('cells' in row)) return false
  const first = row.cells.find((cell) => cell.trim() !== '')
  return first !== undefined && totalWord.test(first.trim())
}

interface FoundHeader {
  readonly separator: string
  readonly header: TableHeader
}

function findHeader(
  lines: readonly string[],
  firstLine: number,
  options: TableOptions,
): FoundHeader {
  const { name, separator, headerLine } = options
  const candidates = separator === undefined ? separators : [separator]
  const found = candidates.flatMap((candidate) => {
    const rows = firstRows(lines, candidate, firstLine, name)
    const at = rows.filter(({ line }) => headerLine === undefined || line === headerLine)
    const header = chooseHeader(at, options.countKnown)
    if (!header) return []
    const rank = [options.countKnown(header.cells), header.cells.length]
    return [{ separator: candidate, header, rank }]
  })
  const [best] = found.toSorted(
    (a, b) => (b.rank[0] ?? 0) - (a.rank[0] ?? 0) || (b.rank[1] ?? 0) - (a.rank[1] ?? 0),
  )
  if (best) return best
  const why =
    headerLine === undefined ? 'has no rows' : `has no row that begins in line ${headerLine}`
  throw new SourceError(`${name} ${why}`)
}

/** The row with the most known names; where none is known, the first of the widest rows. */
export function chooseHeader(
  rows: readonly TableHeader[],
  countKnown: TableOptions['countKnown'],
): TableHeader | undefined {
  const width = ({ cells }: TableHeader): number =>
    cells.filter((cell) => cell.trim() !== '').length
  const rank = (row: TableHeader): number => countKnown(row.cells) * 10_000 + width(row)
  return rows.toSorted((a, b) => rank(b) - rank(a))[0]
}

function firstRows(
  lines: readonly string[],
  separator: string,
  firstLine: number,
  name: string,
): TableHeader[] {
  const cutter = new RowCutter(name, separator, firstLine)
  const rows: TableHeader[] = []
  for (const line of lines) {
    for (const row of cutter.add(line)) if ('cells' in row) rows.push(row)
    if (rows.length >= headerRowsMax) return rows
  }
  for (const row of cutter.end()) if ('cells' in row) rows.push(row)
  return rows
}

/** Cuts text into lines, each with its end: LF or CRLF, or CR in files that have no LF. */
class Lines {
  readonly #end: '\n' | '\r'
  #rest: string[] = []

  constructor(start: string) {
    this.#end = !start.includes('\n') && start.includes('\r') ? '\r' : '\n'
  }

  sample(start: string, isWhole: boolean): string[] {
    const lines = start.split(this.#end).map((line) => line + this.#end)
    // NOTE: the last one is cut off where more is to come.
    return isWhole || lines.length === 1 ? lines : lines.slice(0, -1)
  }

  *add(chunk: string): Generator<string> {
    let at = 0
    for (let end = chunk.indexOf(this.#end); end >= 0; end = chunk.indexOf(this.#end, at)) {
      const line = chunk.slice(at, end + 1)
      at = end + 1
      if (this.#rest.length === 0) yield line
      else yield [...this.#rest.splice(0), line].join('')
    }
    if (at < chunk.length) this.#rest.push(chunk.slice(at))
    yield* this.#tooLong()
  }

  *end(): Generator<string> {
    if (this.#rest.length > 0) yield this.#rest.splice(0).join('')
  }

  /** A line without an end in sight is handed on, which refuses it. */
  *#tooLong(): Generator<string> {
    const length = this.#rest.reduce((sum, part) => sum + part.length, 0)
    if (length > lineLengthMax) yield* this.end()
  }
}

const lineLengthMax = 4 * 1024 * 1024
