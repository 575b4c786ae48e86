import { mapFont } from '@doorstep/contract/map-palette'

import { field, type TileFile } from './tile-file.ts'

/** A layer of a style, of which this server reads little. */
export interface StyleLayer {
  readonly id: string
  readonly type: string
  readonly layout?: object
  readonly [property: string]: unknown
}

export interface Style {
  readonly version: 8
  readonly metadata?: object
  readonly sources: Readonly<Record<string, unknown>>
  readonly layers: readonly unknown[]
}

/** The source of the file's tiles; their address is relative to that of the style. */
export const sourceOf = (file: TileFile, version: string, attribution: string | null): object => ({
  type: file.isVector ? 'vector' : 'raster',
  tiles: [`${version}/{z}/{x}/{y}`],
  minzoom: file.zoomMin,
  maxzoom: file.zoomMax,
  ...(attribution !== null && { attribution }),
})

/** Names everything in the page's font, and leaves out what needs icons, which nobody serves. */
export function withOwnFont<Layer extends { layout?: object | undefined }>(
  layers: readonly Layer[],
): (Layer & StyleLayer)[] {
  return layers
    .filter(({ layout }) => field(layout, 'icon-image') === undefined)
    .map((layer) => JSON.parse(JSON.stringify(layer, replaceFont)))
}

function replaceFont(key: string, value: unknown): unknown {
  if (key !== 'text-font') return value
  // NOTE: within an expression, as for names in several scripts, a list is a call.
  const isLiteral = Array.isArray(value) && value[0] === 'literal'
  return isLiteral ? ['literal', [mapFont]] : [mapFont]
}

/** A local address of tiles, as other programs write it in styles. */
const localAddress = /^(?:pmtiles|mbtiles):\/\//

/**
 * A style that lies beside the file. Its sources without an address, or with a local one, get the
 * file's tiles; glyphs and sprite are left out, as nothing is loaded from others.
 */
export function readOwnStyle(text: string, source: object): Style {
  const given: unknown = JSON.parse(text)
  const sources = field(given, 'sources')
  const layers = field(given, 'layers')
  if (typeof sources !== 'object' || sources === null || !Array.isArray(layers)) {
    throw new Error('it has no sources or no layers')
  }
  return {
    version: 8,
    sources: Object.fromEntries(
      Object.entries(sources).map(([name, each]) => [name, isLocal(each) ? source : each]),
    ),
    layers: withOwnFont(layers.filter((layer: unknown) => typeof layer === 'object' && layer)),
  }
}

function isLocal(source: unknown): boolean {
  const type = field(source, 'type')
  if (type !== 'vector' && type !== 'raster') return false
  const url = field(source, 'url')
  if (typeof url === 'string') return localAddress.test(url)
  const tiles = field(source, 'tiles')
  if (!Array.isArray(tiles)) return true
  return tiles.every((tile) => typeof tile === 'string' && localAddress.test(tile))
}
