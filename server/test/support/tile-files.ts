import { writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { gzipSync } from 'node:zlib'

import { Compression, TileType, zxyToTileId } from 'pmtiles'

export interface MadeTile {
  readonly z: number
  readonly x: number
  readonly y: number
  /** Before it is packed; the server never reads what is in it. */
  readonly text: string
}

interface Made {
  readonly layers: readonly string[]
  readonly attribution?: string
  readonly zoomMax: number
  readonly tiles: readonly MadeTile[]
}

const layersOf = ({ layers }: Made) => layers.map((id) => ({ id, fields: {} }))

export function makeMbtiles(path: string, made: Made): void {
  using db = new DatabaseSync(path)
  db.exec(
    'create table metadata (name text, value text); create table tiles ' +
      '(zoom_level integer, tile_column integer, tile_row integer, tile_data blob)',
  )
  const metadata = {
    format: 'pbf',
    minzoom: '0',
    maxzoom: String(made.zoomMax),
    attribution: made.attribution ?? '',
    json: JSON.stringify({ vector_layers: layersOf(made) }),
  }
  for (const [name, value] of Object.entries(metadata)) {
    db.prepare('insert into metadata values (?, ?)').run(name, value)
  }
  for (const { z, x, y, text } of made.tiles) {
    db.prepare('insert into tiles values (?, ?, ?, ?)').run(z, x, 2 ** z - 1 - y, gzipSync(text))
  }
}

/** With an index of two levels. */
export function makePmtiles(path: string, made: Made): void {
  const tiles = made.tiles
    .map(({ z, x, y, text }) => ({ id: zxyToTileId(z, x, y), bytes: gzipSync(text) }))
    .toSorted((one, other) => one.id - other.id)
  let offset = 0
  const entries = tiles.map(({ id, bytes }) => {
    const entry = { id, run: 1, length: bytes.length, offset }
    offset += bytes.length
    return entry
  })
  const leaf = gzipSync(directory(entries))
  const root = gzipSync(
    directory([{ id: entries[0]?.id ?? 0, run: 0, length: leaf.length, offset: 0 }]),
  )
  const metadata = gzipSync(
    JSON.stringify({ vector_layers: layersOf(made), attribution: made.attribution }),
  )
  const sections = [root, metadata, leaf, Buffer.concat(tiles.map(({ bytes }) => bytes))]
  writeFileSync(path, Buffer.concat([header(sections, made), ...sections]))
}

interface Entry {
  readonly id: number
  readonly run: number
  readonly length: number
  readonly offset: number
}

function directory(entries: readonly Entry[]): Buffer {
  const ids = entries.map(({ id }, at) => id - (entries[at - 1]?.id ?? 0))
  const numbers = [
    entries.length,
    ...ids,
    ...entries.map(({ run }) => run),
    ...entries.map(({ length }) => length),
    ...entries.map(({ offset }) => offset + 1),
  ]
  return Buffer.from(numbers.flatMap(varint))
}

const varint = (number: number): number[] =>
  number < 128 ? [number] : [(number % 128) + 128, ...varint(Math.floor(number / 128))]

function header(sections: readonly Buffer[], { zoomMax }: Made): Buffer {
  const bytes = Buffer.alloc(127)
  bytes.write('PMTiles')
  bytes.writeUInt8(3, 7)
  let offset = bytes.length
  for (const [at, { length }] of sections.entries()) {
    bytes.writeBigUInt64LE(BigInt(offset), 8 + at * 16)
    bytes.writeBigUInt64LE(BigInt(length), 16 + at * 16)
    offset += length
  }
  bytes.writeUInt8(1, 96)
  bytes.writeUInt8(Compression.Gzip, 97)
  bytes.writeUInt8(Compression.Gzip, 98)
  bytes.writeUInt8(TileType.Mvt, 99)
  bytes.writeUInt8(0, 100)
  bytes.writeUInt8(zoomMax, 101)
  return bytes
}
