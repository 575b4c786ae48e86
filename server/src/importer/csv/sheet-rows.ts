import { type CellValue, type StreamRow, streamXlsxRows } from 'hucre/xlsx'

import { slimWorkbook } from './slim-workbook.ts'

/** A row of a sheet. */
export interface SheetRow {
  /** From 1. */
  readonly line: number
  readonly cells: readonly string[]
}

interface SheetPlace {
  readonly path: string
  readonly shown: string
  readonly sheet: number | string
  readonly part: string | undefined
}

const blockLength = 64 * 1024

/**
 * The rows of a sheet, by its number from 0 or its name. `part`: where it lies. NOTE: the library reads on while rows wait
 * for the store, so those that wait are held as few bytes.
 */
export async function* sheetRows({
  path,
  shown,
  sheet,
  part,
}: SheetPlace): AsyncGenerator<SheetRow> {
  const { bytes, textOf } = await slimWorkbook(path, shown, part)
  const rows = streamXlsxRows(bytes, { sheet })
  const blocks: Buffer[] = []
  let isStopped = false
  let isRead = false
  let wake = () => {}
  const reading = readAhead(rows, (block) => {
    blocks.push(block)
    wake()
    return isStopped
  }).finally(() => {
    isRead = true
    wake()
  })
  // NOTE: a failure is thrown below, when the rows before it have been taken.
  reading.catch(() => {})
  try {
    for (;;) {
      const block = blocks.shift()
      if (block) yield* unpacked(block, textOf)
      else if (isRead) break
      else await new Promise<void>((resolve) => (wake = resolve))
    }
    await reading
  } finally {
    isStopped = true
  }
}

/** `take` answers whether to stop. */
async function readAhead(
  rows: AsyncIterable<StreamRow>,
  take: (block: Buffer) => boolean,
): Promise<void> {
  let block: (readonly [number, ...string[]])[] = []
  let length = 0
  for await (const { index, values } of rows) {
    const cells = values.map(textOfCell)
    block.push([index + 1, ...cells])
    length += cells.reduce((sum, cell) => sum + cell.length, cells.length)
    if (length < blockLength) continue
    if (take(Buffer.from(JSON.stringify(block)))) return
    block = []
    length = 0
  }
  take(Buffer.from(JSON.stringify(block)))
}

function* unpacked(block: Buffer, textOf: (cell: string) => string): Generator<SheetRow> {
  const rows: unknown = JSON.parse(block.toString('utf8'))
  if (!Array.isArray(rows)) throw new Error('a block holds no rows')
  for (const row of rows) {
    if (!Array.isArray(row)) throw new Error('a block holds something else')
    const [line, ...cells] = row
    yield { line: Number(line), cells: cells.map((cell) => textOf(String(cell))) }
  }
}

function textOfCell(value: CellValue): string {
  if (!(value instanceof Date)) return value === null || value === undefined ? '' : String(value)
  // NOTE: as spreadsheet programs show a number that is no date.
  if (Number.isNaN(value.getTime())) return '#######'
  // NOTE: workbooks count 0.385 days as 09:15, and 45365 as that day; floats miss whole seconds.
  const text = new Date(Math.round(value.getTime() / 1000) * 1000).toISOString()
  const [day = '', time = ''] = text.slice(0, 19).split('T')
  const isTimeOfDay = day < '1900-01-01' || day === firstOf1904
  if (isTimeOfDay && time !== '00:00:00') return time
  return time === '00:00:00' ? day : `${day} ${time}`
}

/** The day 0 of workbooks that count from 1904. */
const firstOf1904 = '1904-01-01'
