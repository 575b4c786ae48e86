import { stringify } from 'csv-stringify/sync'

import { cellOf } from './columns.ts'
import type { ExportOptions, ExportSource } from './export-source.ts'

const byteOrderMark = '\uFEFF'

/** As RFC 4180 says. Text that a spreadsheet would take for a formula begins with an apostrophe. */
const options = {
  escape_formulas: true,
  record_delimiter: 'windows',
  cast: { boolean: String },
} as const

export async function* writeCsv(
  { columns, rows }: ExportSource,
  { bom }: Pick<ExportOptions, 'bom'>,
): AsyncGenerator<Uint8Array> {
  const head = stringify([columns.map(({ name }) => name)], options)
  yield Buffer.from((bom ? byteOrderMark : '') + head)
  for await (const page of rows()) {
    const cells = page.map((row) => columns.map((column) => cellOf(column, row)))
    yield Buffer.from(stringify(cells, options))
  }
}
