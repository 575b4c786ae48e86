import type { ExportFormat } from '@doorstep/contract/exports'

import { writeCsv } from './csv.ts'
import type { ExportOptions, ExportSource } from './export-source.ts'
import { writeGeoJson, writeNdjson } from './json-formats.ts'
import { writeParquet } from './parquet.ts'

/** The bytes of the file. What fails while they are read ends them without the end of the file. */
export function writeExport(
  source: ExportSource,
  options: ExportOptions,
): AsyncGenerator<Uint8Array> {
  const { format, onRows = () => {} } = options
  const counted: ExportSource = {
    ...source,
    rows: () => counting(source.rows(), ({ length }) => length, onRows),
    lines:
      source.lines && (() => counting(source.lines?.() ?? nothing(), ({ count }) => count, onRows)),
  }
  return writers[format](counted, options)
}

const writers = {
  csv: writeCsv,
  ndjson: writeNdjson,
  geojson: writeGeoJson,
  parquet: writeParquet,
} as const satisfies Readonly<Record<ExportFormat, unknown>>

async function* counting<Page>(
  pages: AsyncGenerator<Page>,
  count: (page: Page) => number,
  onRows: (count: number) => void,
): AsyncGenerator<Page> {
  for await (const page of pages) {
    yield page
    onRows(count(page))
  }
}

async function* nothing(): AsyncGenerator<never> {}

export const fileName = (noun: string, format: ExportFormat, now: number): string =>
  `${noun}-${new Date(now).toISOString().slice(0, 10)}.${format}`
