import { DatabaseSync } from 'node:sqlite'

import { layerNames, type TileFile, tileOf, vectorType } from './tile-file.ts'

const types: Readonly<Record<string, string>> = {
  pbf: vectorType,
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
}

/** Opens a file of the MBTiles format 1.3, which is one of SQLite. */
export function openMbtiles(path: string): TileFile {
  const db = new DatabaseSync(path, { readOnly: true })
  try {
    const metadata = readMetadata(db)
    const format = metadata.get('format') ?? ''
    const tileType = types[format]
    if (tileType === undefined) throw new Error(`its tiles are of an unknown format: "${format}"`)
    const zooms = db.prepare('select min(zoom_level) low, max(zoom_level) high from tiles').get()
    const find = db.prepare(
      'select tile_data from tiles where zoom_level = ? and tile_column = ? and tile_row = ?',
    )
    return {
      zoomMin: Number(metadata.get('minzoom') ?? zooms?.['low'] ?? 0),
      zoomMax: Number(metadata.get('maxzoom') ?? zooms?.['high'] ?? 0),
      tileType,
      isVector: tileType === vectorType,
      attribution: metadata.get('attribution') ?? '',
      layers: layerNames(JSON.parse(metadata.get('json') ?? '{}')),
      async read(z, x, y) {
        // NOTE: MBTiles counts rows from the south.
        const bytes = find.get(z, x, 2 ** z - 1 - y)?.['tile_data']
        return bytes instanceof Uint8Array ? tileOf(bytes) : undefined
      },
      async [Symbol.asyncDispose]() {
        db.close()
      },
    }
  } catch (error) {
    db.close()
    throw error
  }
}

const readMetadata = (db: DatabaseSync): Map<string, string> =>
  new Map(
    db
      .prepare('select name, value from metadata')
      .all()
      .map(({ name, value }) => [String(name), String(value)]),
  )
