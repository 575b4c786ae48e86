import type {
  PresetName,
  PreviewedColumn,
  PreviewedRow,
  RowOption,
  TablePreview,
  UnknownName,
} from '../../domain/file-imports.ts'
import { isObject, Rejection } from '../attributes.ts'
import { isWorkbook, type Source } from '../files/sources.ts'
import { readSellItem } from '../sell-items.ts'
import { SourceError } from '../source-error.ts'
import type { Columns } from './columns.ts'
import { attributeOf } from './csv-pieces.ts'
import type { TableRow } from './cut-rows.ts'
import type { ExternalIds } from './external-ids.ts'
import { lookUp } from './look-up.ts'
import type { Names } from './names.ts'
import { type Opened, openGuessed } from './open-guessed.ts'
import type { TableReading } from './open-table.ts'
import { findPreset, readingsOf } from './presets.ts'
import { readRow } from './read-row.ts'
import { SeenRows } from './seen-rows.ts'
import { sheetNames } from './sheet-names.ts'
import { UnclearDates } from './unclear-dates.ts'

export interface PreviewOptions {
  /** Of a dry run. */
  readonly names: Names
  readonly reading: TableReading
  /** Of a product. */
  readonly externalsOf: (source: string | undefined) => ExternalIds
  /** The product that exported the file. */
  readonly preset?: PresetName | undefined
}

const lookedMax = 200
const rowsMax = 20
const samplesMax = 3
const cellMax = 200
const leftOutMax = 20

/** What the first rows of a file would become. Without a map, its columns are guessed. */
export async function previewTable(source: Source, options: PreviewOptions): Promise<TablePreview> {
  const preview: { -readonly [Name in keyof TablePreview]: TablePreview[Name] } = {
    ...emptyPreview(source.name, source.sizeBytes ?? 0, null),
  }
  try {
    if (isWorkbook(source) && !source.zip) {
      preview.sheets = await sheetNames(source.path ?? source.name, source.name)
    }
    const onEncoding = (found: string): void => void (preview.encoding = found)
    const reading = await readingFor(source, options)
    const opened = await openGuessed(source, reading, onEncoding)
    const { kind, table } = opened
    Object.assign(preview, { kind, separator: table.separator ?? null })
    const known = findPreset(table.header.cells)
    preview.preset = known ? { ...known, isUsed: options.preset === known.name } : null
    preview.headerLine = table.header.line
    const looked = await lookAt(table.rows, opened, options).finally(() => table.close())
    preview.leftOut = table.leftOut
      .slice(0, leftOutMax)
      .map(({ line, text }) => ({ line, text: text.slice(0, cellMax) }))
    return { ...preview, ...looked }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error
    return { ...preview, problem: error.message, option: error.option ?? null }
  }
}

/** Throws SourceError for a file that the preset does not know. */
async function readingFor(source: Source, { preset, reading }: PreviewOptions) {
  if (!preset) return reading
  return (await readingsOf(preset, [source], reading)).get(source) ?? reading
}

/** Nothing of a file was found. `problem`: why it cannot be read. */
export const emptyPreview = (
  name: string,
  sizeBytes: number,
  problem: string | null,
): TablePreview => ({
  name,
  sizeBytes,
  problem,
  option: null,
  format: 'table',
  kind: 'visit',
  preset: null,
  encoding: null,
  separator: null,
  sheets: [],
  headerLine: 0,
  leftOut: [],
  columns: [],
  rows: [],
  looked: 0,
  itemsLeftOut: [],
  isWhole: false,
  unclearTimes: null,
  unknownUsers: [],
  unknownOutcomes: [],
})

async function lookAt(
  rows: AsyncIterable<TableRow>,
  { kind, table, columns, reading }: Opened,
  { names, externalsOf }: PreviewOptions,
) {
  const externals = externalsOf(reading.source)
  const { cells: header } = table.header
  const shown: PreviewedRow[] = []
  const found = header.map(() => ({ samples: [] as string[], cells: 0 }))
  const dates = new UnclearDates()
  const users = new Map<string, number>()
  const outcomes = new Map<string, number>()
  const seen = new SeenRows(kind, columns)
  let looked = 0
  let isWhole = true
  for await (const row of rows) {
    if (looked === lookedMax) {
      isWhole = false
      break
    }
    looked++
    if ('cells' in row) {
      noteCells(found, row.cells)
      for (const name of timeAttributes) dates.note(textOf(columns, name, row.cells))
      note(users, unknownUser(columns, row.cells, names))
      note(outcomes, unknownOutcome(columns, row.cells, names))
    }
    await lookUp(kind, [row], columns, externals)
    const read = await readRow(kind, row, columns, { names, reading, externals, seen })
    const { problem, ...rest } = shownRow(row, read, columns)
    if (problem === null && 'value' in read) read.onTaken?.()
    if (shown.length < rowsMax) shown.push({ problem, ...rest })
  }
  return {
    rows: shown,
    looked,
    isWhole,
    unclearTimes: dates.result,
    unknownUsers: namesOf(users),
    unknownOutcomes: namesOf(outcomes),
    columns: header.map((each, at): PreviewedColumn => ({
      header: each,
      attribute: columns.attributeAt(at) ?? null,
      fills: columns.fillsAt(at) ?? null,
      samples: found[at]?.samples ?? [],
      cells: found[at]?.cells ?? 0,
    })),
  }
}

const timeAttributes = ['visited_at', 'created_at', 'updated_at']

function noteCells(
  found: readonly { samples: string[]; cells: number }[],
  cells: readonly string[],
): void {
  for (const [at, column] of found.entries()) {
    const text = (cells[at] ?? '').trim().slice(0, cellMax)
    if (text === '') continue
    column.cells++
    if (column.samples.length < samplesMax && !column.samples.includes(text)) {
      column.samples.push(text)
    }
  }
}

/** undefined too where two columns differ, which the row's own problem says. */
function textOf(columns: Columns, attribute: string, cells: readonly string[]): string | undefined {
  try {
    return columns.text(attribute, cells)
  } catch (error) {
    if (error instanceof Rejection) return undefined
    throw error
  }
}

function unknownUser(columns: Columns, cells: readonly string[], names: Names) {
  const text = textOf(columns, 'creator', cells) ?? textOf(columns, 'owner', cells)
  return text !== undefined && names.users.find(text).problem !== undefined ? text : undefined
}

function unknownOutcome(columns: Columns, cells: readonly string[], names: Names) {
  const text = textOf(columns, 'outcome', cells)
  return text !== undefined && !names.hasOutcome(text) ? text : undefined
}

function note(counts: Map<string, number>, name: string | undefined): void {
  if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1)
}

const namesMax = 20

const namesOf = (counts: ReadonlyMap<string, number>): UnknownName[] =>
  [...counts].slice(0, namesMax).map(([name, count]) => ({ name: name.slice(0, cellMax), count }))

function shownRow(
  row: TableRow,
  read: Awaited<ReturnType<typeof readRow>>,
  columns: Columns,
): PreviewedRow {
  const cells = 'cells' in row ? row.cells.map((cell) => cell.slice(0, cellMax)) : []
  const shown = { line: row.line, cells }
  const reject = (field: string, reason: string, option?: RowOption): PreviewedRow => {
    const attribute = attributeOf(field)
    const column = columns.label(attribute) ?? null
    return { ...shown, item: null, problem: { attribute, column, reason, option: option ?? null } }
  }
  if (!('value' in read)) return reject(read.field ?? '', read.reason, read.option)
  const value = read.unnumbered
    ? { ...read.value, data: { ...read.unnumbered, id: 1 } }
    : read.value
  try {
    readSellItem(value)
    read.onRead?.()
  } catch (error) {
    if (error instanceof Rejection) return reject(error.field, error.message)
    throw error
  }
  const data = isObject(read.value) ? read.value['data'] : undefined
  return { ...shown, item: isObject(data) ? data : {}, problem: null }
}
