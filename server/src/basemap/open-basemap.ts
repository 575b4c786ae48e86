import { hash } from 'node:crypto'
import { open, readFile } from 'node:fs/promises'
import { dirname, extname, join } from 'node:path'

import { mapPalette } from '@doorstep/contract/map-palette'

import type { Basemap, BasemapTheme } from '../domain/basemap.ts'
import { openMbtiles } from './mbtiles.ts'
import { openPmtiles } from './pmtiles.ts'
import { protomapsLayers } from './protomaps-style.ts'
import { readOwnStyle, sourceOf, type Style } from './styles.ts'
import type { TileFile } from './tile-file.ts'
import { worldLayers } from './world-style.ts'

export type OpenBasemap = Basemap & AsyncDisposable

/** The style of a file whose schema this server does not know, in the same folder. */
export const styleName = 'map.style.json'

const versionedBytes = 65_536
const source = 'basemap'

/** Opens a file of tiles. Throws with the reason why it cannot be shown. */
export async function openBasemap(path: string): Promise<OpenBasemap> {
  const file = extname(path) === '.pmtiles' ? await openPmtiles(path) : openMbtiles(path)
  try {
    const version = await versionOf(path)
    const attribution = textOf(file.attribution)
    const style = await findStyle(file, path, sourceOf(file, version, attribution))
    return {
      version,
      hasStreets: !isWorld(file),
      attribution,
      zoomMax: file.zoomMax,
      tileType: file.tileType,
      tile: (z, x, y) => file.read(z, x, y),
      style,
      [Symbol.asyncDispose]: () => file[Symbol.asyncDispose](),
    }
  } catch (error) {
    await file[Symbol.asyncDispose]()
    throw error
  }
}

const holds = ({ layers }: TileFile, names: readonly string[]): boolean =>
  names.every((name) => layers.includes(name))

const isWorld = (file: TileFile): boolean => holds(file, ['land', 'coast', 'place'])
const isProtomaps = (file: TileFile): boolean => holds(file, ['earth', 'water', 'roads', 'places'])

async function findStyle(
  file: TileFile,
  path: string,
  tiles: object,
): Promise<(theme: BasemapTheme) => Style> {
  const own = isWorld(file)
    ? undefined
    : await readFile(join(dirname(path), styleName), 'utf8').catch(() => undefined)
  if (own !== undefined) {
    const style = readOwnStyle(own, tiles)
    return () => style
  }
  const sources = { [source]: tiles }
  if (isWorld(file)) {
    // NOTE: by this the web app knows that it has to draw a grid.
    const metadata = { 'doorstep:streets': false }
    return (theme) => ({
      version: 8,
      metadata,
      sources,
      layers: worldLayers(source, mapPalette[theme]),
    })
  }
  if (!isProtomaps(file)) {
    throw new Error(`its layers are not those of Protomaps, and there is no ${styleName} beside it`)
  }
  return (theme) => ({
    version: 8,
    sources,
    layers: protomapsLayers(source, theme, mapPalette[theme]),
  })
}

/** Of the file's beginning, which holds its index, and its size: the same on every machine. */
async function versionOf(path: string): Promise<string> {
  await using file = await open(path)
  const { size } = await file.stat()
  const { buffer, bytesRead } = await file.read(new Uint8Array(versionedBytes))
  return hash(
    'sha256',
    Buffer.concat([Buffer.from(`${size} `), buffer.subarray(0, bytesRead)]),
  ).slice(0, 12)
}

/** NOTE: some files name their makers in HTML. */
function textOf(attribution: string): string | null {
  const text = attribution
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&copy;', '©')
    .replaceAll(/\s+/g, ' ')
    .trim()
  return text === '' ? null : text
}
