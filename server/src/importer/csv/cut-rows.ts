import { SourceError } from '../source-error.ts'
import { shapeOf, type RowShape } from './row-shape.ts'

/** A row of a table, as it stands in the file. */
export type TableRow = {
  /** The line on which it begins, from 1. */
  readonly line: number
  /** Its text, without the line end. */
  readonly text: string
} & ({ readonly cells: readonly string[] } | { readonly reason: string })

const rowLengthMax = 4 * 1024 * 1024
const rowLinesMax = 10_000
const afterFailureMax = 64 * 1024
export const columnsMax = 2_000

/**
 * Cuts lines into rows. A quote counts only at the start of a cell. A quoted cell that is not closed
 * costs its own row alone: it ends before the first line that looks like a row of the file, or with
 * its own line where no quote closes it.
 */
export class RowCutter {
  readonly #separator: string
  readonly #name: string
  #shape: RowShape | undefined
  #lines: string[] = []
  #line: number
  #length = 0
  #openMax = rowLengthMax
  #cell = emptyRow()

  constructor(name: string, separator: string, firstLine = 1) {
    this.#name = name
    this.#line = firstLine
    this.#separator = separator
  }

  /** From now on rows are compared with this header. */
  setHeader(cells: readonly string[]): void {
    this.#shape = shapeOf(cells)
  }

  /** The rows that a line completes. `line` has its line end. */
  *add(line: string): Generator<TableRow> {
    if (this.#lines.length > 0 && this.#isRowByItself(line)) {
      const next = this.#line + this.#lines.length
      yield this.#broken(
        `a quote that opens in line ${this.#line} is not closed before line ${next}, ` +
          'which looks like a row of its own',
      )
    }
    this.#lines.push(line)
    this.#length += line.length
    if (this.#length > rowLengthMax || this.#lines.length > rowLinesMax) {
      throw new SourceError(
        `${this.#name}: the row that begins in line ${this.#line} is longer than ` +
          `${rowLengthMax / 1024 / 1024} MB or ${rowLinesMax} lines, so nothing more of the file is read`,
      )
    }
    if (takeLine(this.#cell, line, this.#separator)) yield* this.#complete()
    else if (this.#length > this.#openMax) yield* this.#giveUp()
  }

  /** The rows that are left at the end of the file. */
  *end(): Generator<TableRow> {
    while (this.#lines.length > 0) yield* this.#giveUp()
  }

  /** Whether a line, within a quoted cell, looks like a row of this file. */
  #isRowByItself(line: string): boolean {
    if (!this.#shape) return false
    const row = emptyRow()
    if (!takeLine(row, line, this.#separator)) row.cells.push(row.open)
    return this.#shape.fits(row.cells, this.#cell.cells) && !this.#isEnd(line, row)
  }

  /**
   * Whether a line reads better as the end of the open cell than by itself: no quote is astray then,
   * and the row ends as it should, or the line by itself has a quote astray.
   */
  #isEnd(line: string, byItself: OpenRow): boolean {
    if (!line.includes('"')) return false
    const row = { ...this.#cell, cells: [...this.#cell.cells], open: '', hasStrayQuote: false }
    const isWhole = takeLine(row, line, this.#separator) && row.cells.length === this.#shape?.width
    return !row.hasStrayQuote && (isWhole || byItself.hasPlainQuote)
  }

  /** Rejects the line with the quote, and reads the lines behind it again. */
  *#giveUp(): Generator<TableRow> {
    this.#openMax = afterFailureMax
    const behind = this.#lines.splice(1)
    yield this.#broken(`a quote that opens in line ${this.#line} is never closed`)
    for (const line of behind) yield* this.add(line)
  }

  *#complete(): Generator<TableRow> {
    const { cells, hasStrayQuote } = this.#cell
    const width = this.#shape?.width
    if (cells.length === 1 && cells[0] === '' && this.#lines.join('').trim() === '') {
      return void this.#reset()
    }
    if (hasStrayQuote && width !== undefined && cells.length !== width) {
      const many = `the row has ${cells.length} cells, the header ${width}`
      return yield this.#broken(`a quote is not closed, or not doubled: ${many}`)
    }
    if (cells.length > columnsMax && width === undefined) {
      const why = `line ${this.#line} has more than ${columnsMax} columns, so nothing more of the file is read`
      throw new SourceError(`${this.#name}: ${why}`)
    }
    if (width !== undefined && cells.slice(width).some((cell) => cell.trim() !== '')) {
      return yield this.#broken(`the row has ${cells.length} cells, the header ${width}`)
    }
    const row = { line: this.#line, text: this.#text(), cells: cells.slice(0, width) }
    this.#shape?.learn(row.cells)
    this.#reset()
    yield row
  }

  #broken(reason: string): TableRow {
    const row = { line: this.#line, text: this.#text(), reason }
    this.#reset()
    return row
  }

  #text(): string {
    return this.#lines.join('').replace(/\r?\n$|\r$/, '')
  }

  #reset(): void {
    this.#line += this.#lines.length
    this.#lines = []
    this.#length = 0
    this.#cell = emptyRow()
  }
}

interface OpenRow {
  cells: string[]
  /** The text of a quoted cell that is not closed yet. */
  open: string
  isOpen: boolean
  /** A quoted cell holds a quote that is not doubled. */
  hasStrayQuote: boolean
  /** A cell without quotes around it holds one. */
  hasPlainQuote: boolean
}

const emptyRow = (): OpenRow => ({
  cells: [],
  open: '',
  isOpen: false,
  hasStrayQuote: false,
  hasPlainQuote: false,
})

/** Adds the cells of a line. false: the row goes on in the next line. */
function takeLine(row: OpenRow, line: string, separator: string): boolean {
  const end = endOf(line)
  for (let at = 0; ;) {
    if (!row.isOpen) {
      const start = afterBlanks(line, at)
      if (line[start] !== '"') {
        const found = line.indexOf(separator, at)
        const stop = found < 0 || found > end ? end : found
        const cell = line.slice(at, stop)
        row.cells.push(cell)
        row.hasPlainQuote ||= cell.includes('"')
        if (stop === end) return true
        at = stop + 1
        continue
      }
      row.isOpen = true
      row.open = ''
      at = start + 1
    }
    const quote = line.indexOf('"', at)
    if (quote < 0) {
      row.open += line.slice(at)
      return false
    }
    row.open += line.slice(at, quote)
    const next = afterBlanks(line, quote + 1)
    if (line[quote + 1] === '"') {
      row.open += '"'
      at = quote + 2
    } else if (next >= end || line[next] === separator) {
      row.cells.push(row.open)
      row.isOpen = false
      if (next >= end) return true
      at = next + 1
    } else {
      row.open += '"'
      row.hasStrayQuote = true
      at = quote + 1
    }
  }
}

function afterBlanks(line: string, from: number): number {
  let at = from
  while (line[at] === ' ') at++
  return at
}

function endOf(line: string): number {
  if (line.endsWith('\r\n')) return line.length - 2
  return line.endsWith('\n') || line.endsWith('\r') ? line.length - 1 : line.length
}
