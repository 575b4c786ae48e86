import { ByteWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer'

import { parseTime } from '../../domain/clock.ts'
import { type Cell, cellOf, type Column } from './columns.ts'
import type { ExportOptions, ExportSource } from './export-source.ts'

/** Of one row group: what is written at once, and held in memory meanwhile. */
const groupRowsMax = 2_000

const types = {
  integer: 'INT64',
  number: 'DOUBLE',
  text: 'STRING',
  time: 'TIMESTAMP',
  boolean: 'BOOLEAN',
} as const

interface Group {
  readonly name: string
  readonly type: (typeof types)[keyof typeof types]
  readonly data: (Cell | bigint | Date)[]
}

/** Hands out what was written so far, and counts on. */
class ChunkWriter extends ByteWriter {
  take(): Uint8Array {
    const bytes = this.getBytes().slice()
    this.index = 0
    return bytes
  }
}

export async function* writeParquet(
  { columns, rows }: ExportSource,
  { position }: Pick<ExportOptions, 'position'>,
): AsyncGenerator<Uint8Array> {
  const newGroup = () =>
    columns.map((column): Group => ({ name: column.name, type: types[column.type], data: [] }))
  const writer = new ChunkWriter()
  const file = new ParquetWriter({
    writer,
    schema: schemaFromColumnData({ columnData: newGroup() }),
    kvMetadata: [{ key: 'doorstep.position', value: position }],
    createdBy: 'doorstep',
  })
  let group = newGroup()
  let count = 0
  for await (const page of rows()) {
    for (const [index, column] of columns.entries()) {
      for (const row of page) group[index]?.data.push(valueOf(column, cellOf(column, row)))
    }
    count += page.length
    if (count < groupRowsMax) continue
    await file.write({ columnData: group, rowGroupSize: count })
    group = newGroup()
    count = 0
    yield writer.take()
  }
  if (count > 0) await file.write({ columnData: group, rowGroupSize: count })
  await file.finish()
  yield writer.take()
}

function valueOf({ type }: Column, cell: Cell): Cell | bigint | Date {
  if (type === 'integer') return typeof cell === 'number' ? BigInt(cell) : null
  if (type === 'time') {
    const at = typeof cell === 'string' ? parseTime(cell) : undefined
    return at === undefined ? null : new Date(at)
  }
  return cell
}
