import type { BasemapTile } from '../domain/basemap.ts'

/** A file of tiles, open to be read. */
export interface TileFile extends AsyncDisposable {
  readonly zoomMin: number
  readonly zoomMax: number
  /** As `Content-Type` names it. */
  readonly tileType: string
  readonly isVector: boolean
  /** As the file says, which may be HTML. */
  readonly attribution: string
  /** The layers of its vector tiles. */
  readonly layers: readonly string[]
  read(z: number, x: number, y: number): Promise<BasemapTile | undefined>
}

export const vectorType = 'application/vnd.mapbox-vector-tile'

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b

/** NOTE: MBTiles do not say whether they are packed. */
export const tileOf = (bytes: Uint8Array): BasemapTile => ({ bytes, isGzip: isGzip(bytes) })

/** The names in `vector_layers` of a file's metadata. */
export function layerNames(metadata: unknown): string[] {
  const layers = field(metadata, 'vector_layers')
  if (!Array.isArray(layers)) return []
  return layers.map((layer: unknown) => field(layer, 'id')).filter((id) => typeof id === 'string')
}

export const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined
