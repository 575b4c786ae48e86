import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

import { parse } from 'csv-parse'

/** A row of a file with a header: its cells by column, without empty ones. */
export type CsvRow = {
  /** The line on which it ends, from 1. */
  readonly line: number
  /** Its number among the rows of the file, from 0. */
  readonly index: number
} & (
  | { readonly cells: ReadonlyMap<string, string> }
  | { readonly broken: string; readonly reason: string }
)

const rowLengthMax = 4 * 1024 * 1024

/**
 * The rows of a text, one at a time. A malformed row comes as a broken one, and reading continues.
 * An error of `onHeader` ends it.
 */
export async function* csvRows(
  text: AsyncIterable<string>,
  onHeader: (names: readonly string[]) => void = () => {},
): AsyncGenerator<CsvRow> {
  let index = 0
  const skipped: CsvRow[] = []
  const parser = parse({
    bom: true,
    columns: (names: string[]) => {
      onHeader(names)
      return names
    },
    info: true,
    trim: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    relax_column_count_less: true,
    max_record_size: rowLengthMax,
    on_skip: (error, raw) => {
      const line = Number(error?.['lines'] ?? 0)
      const broken = (raw ?? '').slice(0, 10_000)
      skipped.push({ line, index: index++, broken, reason: error?.message ?? 'is not a row' })
    },
  })
  const feeding = pipeline(Readable.from(text), parser)
  // NOTE: the loop below throws the same error.
  feeding.catch(() => {})
  for await (const found of parser) {
    yield* skipped.splice(0)
    const { record, info }: { record: Record<string, string>; info: { lines: number } } = found
    const cells = Object.entries(record).filter(([, cell]) => cell !== '')
    yield { line: info.lines, index: index++, cells: new Map(cells) }
  }
  yield* skipped
  await feeding
}
