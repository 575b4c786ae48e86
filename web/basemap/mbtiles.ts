import { hash } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import { gzipSync } from 'node:zlib'

import { fromGeojsonVt } from '@maplibre/vt-pbf'

import { extent, type Tile, zoomMax } from './tiles.ts'

const tables = `
  pragma journal_mode = off;
  pragma synchronous = off;
  create table images (id integer primary key, tile_data blob);
  create table map (
    zoom_level integer, tile_column integer, tile_row integer, id integer,
    primary key (zoom_level, tile_column, tile_row)
  ) without rowid;
  create view tiles as
    select zoom_level, tile_column, tile_row, tile_data from map join images using (id);
  create table metadata (name text, value text);
  begin;`

const layerNames = ['land', 'border', 'coast', 'lake', 'river', 'state', 'place']

/** What the map names in its corner (GeoNames is CC BY 4.0; Natural Earth is public domain). */
const attribution = '© GeoNames'

/** Writes tiles to a new MBTiles file; equal tiles, as most of the sea and the steppe, once. */
export function writeMbtiles(path: string, tiles: Iterable<Tile>): void {
  const db = new DatabaseSync(path)
  try {
    db.exec(tables)
    const addImage = db.prepare('insert into images values (?, ?)')
    const addTile = db.prepare('insert into map values (?, ?, ?, ?)')
    const ids = new Map<string, number>()
    for (const { z, x, y, layers } of tiles) {
      const bytes = fromGeojsonVt(layers, { version: 2, extent })
      const digest = hash('sha256', bytes, 'base64')
      const known = ids.get(digest)
      const id = known ?? ids.size + 1
      if (known === undefined) {
        ids.set(digest, id)
        addImage.run(id, gzipSync(bytes))
      }
      // NOTE: MBTiles counts rows from the south.
      addTile.run(z, x, 2 ** z - 1 - y, id)
    }
    const addMetadata = db.prepare('insert into metadata values (?, ?)')
    for (const [name, value] of Object.entries(metadata())) addMetadata.run(name, value)
    db.exec('commit')
  } finally {
    db.close()
  }
}

const metadata = (): Record<string, string> => ({
  name: 'Doorstep world',
  format: 'pbf',
  minzoom: '0',
  maxzoom: String(zoomMax),
  attribution,
  json: JSON.stringify({ vector_layers: layerNames.map((id) => ({ id, fields: {} })) }),
})
