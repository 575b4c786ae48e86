import { ByteWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer'

import { parseTime } from '../../domain/clock.ts'
import { type Cell, cellOf, type Column, type Row } from './columns.ts'
import type { ExportOptions, ExportSource } from './export-source.ts'

/** Of one row group: what is written at once, and held in memory meanwhile. */
const groupRowsMax = 5_000

const types = {
  integer: 'INT64',
  number: 'DOUBLE',
  text: 'STRING',
  time: 'TIMESTAMP',
  boolean: 'BOOLEAN',
} as const

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
  const columnsOf = (group: readonly Row[]) =>
    columns.map((column) => ({
      name: column.name,
      type: types[column.type],
      data: group.map((row) => valueOf(column, cellOf(column, row))),
    }))
  const writer = new ChunkWriter()
  const file = new ParquetWriter({
    writer,
    schema: schemaFromColumnData({ columnData: columnsOf([]) }),
    kvMetadata: [{ key: 'doorstep.position', value: position }],
    createdBy: 'doorstep',
  })
  let group: Row[] = []
  for await (const page of rows()) {
    group.push(...page)
    if (group.length < groupRowsMax) continue
    await file.write({ columnData: columnsOf(group), rowGroupSize: group.length })
    group = []
    yield writer.take()
  }
  if (group.length > 0) {
    await file.write({ columnData: columnsOf(group), rowGroupSize: group.length })
  }
  await file.finish()
  yield writer.take()
}

function valueOf({ type }: Column, cell: Cell) {
  if (type === 'integer') return typeof cell === 'number' ? BigInt(cell) : null
  if (type === 'time') {
    const at = typeof cell === 'string' ? parseTime(cell) : undefined
    return at === undefined ? null : new Date(at)
  }
  return cell
}
