/** What lies beneath the pins: tiles of a file, and how to draw them. */
export interface Basemap {
  /** Differs with the file, so that a tile of one version never changes. */
  readonly version: string
  readonly hasStreets: boolean
  /** Plain text; null: names nobody. */
  readonly attribution: string | null
  readonly zoomMax: number
  readonly tileType: string
  /** undefined: nothing is there. */
  tile(z: number, x: number, y: number): Promise<BasemapTile | undefined>
  /** A style of MapLibre. Addresses of tiles in it are relative to that of the style. */
  style(theme: BasemapTheme): object
}

export type BasemapTheme = 'light' | 'dark'

export interface BasemapTile {
  readonly bytes: Uint8Array
  readonly isGzip: boolean
}

/** The map of this server; undefined: it is still being made. */
export interface Basemaps {
  find(): Promise<Basemap | undefined>
}
