import { open, type FileHandle } from 'node:fs/promises'
import { promisify } from 'node:util'
import { brotliDecompress, gunzip, zstdDecompress } from 'node:zlib'

import {
  Compression,
  type Entry,
  findTile,
  type Header,
  PMTiles,
  SharedPromiseCache,
  type Source,
  TileType,
  zxyToTileId,
} from 'pmtiles'

import { field, layerNames, type TileFile, tileOf, vectorType } from './tile-file.ts'

/** The root, and as many levels of leaves as the format allows. */
const directoriesMax = 4
/** Of the parts of the index that were read last. */
const cachedDirectoriesMax = 100

const types: Readonly<Partial<Record<TileType, string>>> = {
  [TileType.Mvt]: vectorType,
  [TileType.Png]: 'image/png',
  [TileType.Jpeg]: 'image/jpeg',
  [TileType.Webp]: 'image/webp',
  [TileType.Avif]: 'image/avif',
}

/** Opens a file of the PMTiles format 3. */
export async function openPmtiles(path: string): Promise<TileFile> {
  const handle = await open(path)
  try {
    const source = sourceOf(handle, path)
    const cache = new SharedPromiseCache(cachedDirectoriesMax, undefined, unpack)
    const header = await cache.getHeader(source)
    const metadata = await new PMTiles(source, cache, unpack).getMetadata()
    const tileType = types[header.tileType]
    if (tileType === undefined) throw new Error('its tiles are of an unknown format')
    return {
      zoomMin: header.minZoom,
      zoomMax: header.maxZoom,
      tileType,
      isVector: tileType === vectorType,
      attribution: String(field(metadata, 'attribution') ?? ''),
      layers: layerNames(metadata),
      async read(z, x, y) {
        const entry = await findEntry(cache, source, header, zxyToTileId(z, x, y))
        if (!entry) return undefined
        const { data } = await source.getBytes(header.tileDataOffset + entry.offset, entry.length)
        const isSent = [Compression.None, Compression.Gzip].includes(header.tileCompression)
        return tileOf(new Uint8Array(isSent ? data : await unpack(data, header.tileCompression)))
      },
      [Symbol.asyncDispose]: () => handle.close(),
    }
  } catch (error) {
    await handle.close()
    throw error
  }
}

/** NOTE: the library's own look-up unpacks the tile, which browsers do themselves. */
async function findEntry(
  cache: SharedPromiseCache,
  source: Source,
  header: Header,
  tileId: number,
): Promise<Entry | undefined> {
  let [offset, length] = [header.rootDirectoryOffset, header.rootDirectoryLength]
  for (let depth = 0; depth < directoriesMax; depth++) {
    const entry = findTile(await cache.getDirectory(source, offset, length, header), tileId)
    if (!entry || entry.runLength > 0) return entry ?? undefined
    offset = header.leafDirectoryOffset + entry.offset
    length = entry.length
  }
  return undefined
}

const sourceOf = (handle: FileHandle, path: string): Source => ({
  getKey: () => path,
  async getBytes(offset, length) {
    const { buffer, bytesRead } = await handle.read(new Uint8Array(length), 0, length, offset)
    return { data: buffer.buffer.slice(0, bytesRead) }
  },
})

const unpackers = {
  [Compression.Gzip]: promisify(gunzip),
  [Compression.Brotli]: promisify(brotliDecompress),
  [Compression.Zstd]: promisify(zstdDecompress),
}

async function unpack(data: ArrayBuffer, compression: Compression): Promise<ArrayBuffer> {
  if (compression === Compression.None) return data
  if (compression === Compression.Unknown) throw new Error('it is packed in an unknown way')
  const unpacked = await unpackers[compression](new Uint8Array(data))
  return new Uint8Array(unpacked).buffer
}
