import { cellOf, type Column, type Row } from './columns.ts'
import type { ExportOptions, ExportSource, Lines } from './export-source.ts'

type Options = Pick<ExportOptions, 'position'>

const end = Buffer.from('\n')

/** A line for each object, and a last one that says that this is all. */
export async function* writeNdjson(
  source: ExportSource,
  { position }: Options,
): AsyncGenerator<Uint8Array> {
  let count = 0
  for await (const page of source.lines ? source.lines() : printLines(source)) {
    count += page.count
    if (page.count === 0) continue
    yield page.bytes
    yield end
  }
  yield Buffer.from(`${JSON.stringify({ meta: meta(position, count) })}\n`)
}

const meta = (position: string, count: number) => ({ type: 'export', position, count })

async function* printLines({ type, columns, rows }: ExportSource): AsyncGenerator<Lines> {
  for await (const page of rows()) {
    const lines = page.map((row) =>
      JSON.stringify({ data: attributes(columns, row), meta: { type } }),
    )
    yield { bytes: Buffer.from(lines.join('\n')), count: page.length }
  }
}

const attributes = (columns: readonly Column[], row: Row) =>
  Object.fromEntries(columns.map((column) => [column.name, cellOf(column, row)]))

/** A collection of features that stand where the object is (RFC 7946). */
export async function* writeGeoJson(
  { columns, rows, place }: ExportSource,
  { position }: Options,
): AsyncGenerator<Uint8Array> {
  let count = 0
  yield Buffer.from('{"type":"FeatureCollection","features":[')
  for await (const page of rows()) {
    const features = page.map((row) => {
      const [longitude, latitude] = [place.longitude(row), place.latitude(row)]
      const isPlaced = typeof longitude === 'number' && typeof latitude === 'number'
      const geometry = isPlaced ? { type: 'Point', coordinates: [longitude, latitude] } : null
      const { id, ...properties } = attributes(columns, row)
      return JSON.stringify({ type: 'Feature', id: row['id'] ?? id, geometry, properties })
    })
    if (page.length > 0) yield Buffer.from(`${count > 0 ? ',' : ''}\n${features.join(',\n')}`)
    count += page.length
  }
  yield Buffer.from(`\n],"meta":${JSON.stringify(meta(position, count))}}\n`)
}
