import 'maplibre-gl/dist/maplibre-gl.css'
import { mapFont, type MapTheme } from '@doorstep/contract/map-palette'
import {
  type GeoJSONSource,
  type LayerSpecification,
  Map as MapLibreMap,
  Marker,
  type MarkerOptions,
  setWorkerUrl,
  type SourceSpecification,
  type StyleSpecification,
} from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'

import { type BaseStyle, loadBaseStyle, paper } from '../api/base-style.ts'
import { zoomMax, zoomMin } from './camera.ts'
import type { Picture } from './drawing.ts'
import { gridLayer, gridOf, gridSource, type View } from './grid.ts'
import { plain } from './plain.ts'

setWorkerUrl(workerUrl)

/** What a screen lays on the map. */
export interface Overlay {
  readonly sources: Readonly<Record<string, SourceSpecification>>
  readonly layers: (theme: MapTheme) => readonly LayerSpecification[]
  /** What lies above the layers of all overlays. */
  readonly above?: (theme: MapTheme) => readonly LayerSpecification[]
  /** Draws the picture of this name; undefined: it is not one of this overlay. */
  readonly draw: (name: string) => Picture | undefined
}

/** Beyond what is seen, so that the grid is there when the map is dragged. */
const gridMargin = 0.5

const calm = matchMedia('(prefers-reduced-motion: reduce)')

/** Settles also where the font does not come. */
const hasFont = document.fonts.load(`500 16px "${mapFont}"`).catch(() => [])

/** The one map of the app. Screens take it over from each other; it is never made twice. */
export class MapEngine {
  readonly map: MapLibreMap
  readonly #element = document.createElement('div')
  readonly #overlays = new Map<string, Overlay>()
  readonly #listeners = new Set<() => void>()
  #theme: MapTheme
  #base: BaseStyle
  #loading: AbortController | undefined
  #isLoaded = false
  #gridKey = ''

  constructor(theme: MapTheme) {
    this.#theme = theme
    this.#base = paper(theme)
    this.#element.className = 'map-canvas'
    this.map = new MapLibreMap({
      container: this.#element,
      style: this.#style(),
      center: [0, 30],
      zoom: 2,
      minZoom: zoomMin,
      maxZoom: zoomMax,
      validateStyle: false,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      fadeDuration: calm.matches ? 0 : 180,
    })
    this.map.touchZoomRotate.disableRotation()
    this.map.keyboard.disableRotation()
    this.map.setMissingStyleImageResolver((name) => this.#draw(name))
    this.map.on('move', () => this.#moveGrid())
    this.map.on('styledata', () => this.#tell())
    this.map.on('sourcedata', ({ sourceDataType }) => {
      if (sourceDataType === 'metadata') this.#tell()
    })
    for (const event of ['dataloading', 'movestart'] as const)
      this.map.on(event, () => this.#setBusy(true))
    this.map.on('idle', () => this.#setBusy(false))
    // NOTE: tiles that do not arrive leave paper; a line in the console helps nobody.
    this.map.on('error', () => {})
    void this.#load()
  }

  /** Says whether all that is shown is drawn. */
  #setBusy(isBusy: boolean): void {
    this.#element.ariaBusy = String(isBusy)
  }

  /** Shows the map in an element until another takes it. Returns how to give it back. */
  placeIn(parent: HTMLElement): () => void {
    parent.append(this.#element)
    this.map.resize()
    this.#moveGrid()
    return () => {
      if (this.#element.parentElement === parent) this.#element.remove()
    }
  }

  get theme(): MapTheme {
    return this.#theme
  }

  setTheme(theme: MapTheme): void {
    if (theme === this.#theme) return
    this.#theme = theme
    if (!this.#isLoaded) this.#base = paper(theme)
    this.#apply()
    void this.#load()
  }

  /** Whether there is more than paper. */
  get isLoaded(): boolean {
    return this.#isLoaded
  }

  /** Whom the map names, in plain words. A source elsewhere says so only once it is read. */
  get credits(): string {
    const credits = Object.entries(this.#base.style.sources).map(([name, source]) =>
      plain(
        ('attribution' in source && source.attribution) ||
          this.map.getSource(name)?.attribution ||
          '',
      ),
    )
    return [...new Set(credits.filter(Boolean))].join(', ')
  }

  /** Replaces what was shown under this name. */
  show(name: string, overlay: Overlay): void {
    this.#overlays.set(name, overlay)
    this.#apply()
  }

  hide(name: string): void {
    if (this.#overlays.delete(name)) this.#apply()
  }

  /** An element of the page that stands on the map, once it is added to it. */
  readonly newMarker = (options: MarkerOptions): Marker => new Marker(options)

  /** Tells when the style, and with it whom the map names, has changed. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }

  async #load(): Promise<void> {
    this.#loading?.abort()
    const loading = new AbortController()
    this.#loading = loading
    const base = await loadBaseStyle(this.#theme, loading.signal)
    // NOTE: otherwise names could be drawn in another font, and stay so.
    await hasFont
    if (loading.signal.aborted || base === null) return
    this.#base = base
    this.#isLoaded = true
    this.#apply()
  }

  #apply(): void {
    // To check a style takes longer than to apply it, and this server's own, which has no streets, is sound.
    this.map.setStyle(this.#style(), { diff: true, validate: this.#base.hasStreets })
    this.#tell()
  }

  #style(): StyleSpecification {
    const { style, hasStreets } = this.#base
    const overlays = [...this.#overlays.values()]
    const above = style.layers.findIndex(({ type }) => type === 'symbol' || type === 'circle')
    const split = above === -1 ? style.layers.length : above
    return {
      ...style,
      sources: Object.assign(
        { ...style.sources },
        !hasStreets && { [gridSource]: { type: 'geojson', data: gridOf(this.#view()) } },
        ...overlays.map(({ sources }) => sources),
      ),
      layers: [
        ...style.layers.slice(0, split),
        ...(hasStreets ? [] : [gridLayer(this.#theme)]),
        ...style.layers.slice(split),
        ...overlays.flatMap(({ layers }) => layers(this.#theme)),
        ...overlays.flatMap(({ above }) => above?.(this.#theme) ?? []),
      ],
    }
  }

  #draw(name: string): void {
    for (const overlay of this.#overlays.values()) {
      const picture = overlay.draw(name)
      if (picture && !this.map.hasImage(name)) {
        this.map.addImage(name, picture.image, { pixelRatio: picture.ratio })
      }
    }
  }

  #view(): View {
    // NOTE: the first style is made before the map.
    if (!this.map) return { zoom: 2, latitude: 0, west: -180, south: -85, east: 180, north: 85 }
    const bounds = this.map.getBounds()
    const [west, south, east, north] = bounds.toArray().flat()
    const [width, height] = [(east ?? 0) - (west ?? 0), (north ?? 0) - (south ?? 0)]
    return {
      zoom: this.map.getZoom(),
      latitude: this.map.getCenter().lat,
      west: (west ?? 0) - width * gridMargin,
      south: (south ?? 0) - height * gridMargin,
      east: (east ?? 0) + width * gridMargin,
      north: (north ?? 0) + height * gridMargin,
    }
  }

  /** Draws the grid again when the map has moved by a good part of what is seen. */
  #moveGrid(): void {
    const source = this.map.getSource<GeoJSONSource>(gridSource)
    if (!source) return
    const view = this.#view()
    const part = (view.east - view.west) / 6
    const key = [Math.round(view.zoom * 4), view.west / part, view.south / part].map(Math.round)
    if (key.join() === this.#gridKey) return
    this.#gridKey = key.join()
    void source.setData(gridOf(view))
  }
}

let engine: MapEngine | null | undefined

/** The map of the app, made when a screen first needs it; null: this browser cannot draw it. */
export function mapEngine(theme: MapTheme): MapEngine | null {
  if (engine !== undefined) return engine
  try {
    engine = new MapEngine(theme)
  } catch (error) {
    // As without WebGL, which an old graphics driver or a setting can turn off.
    console.warn('No map:', error)
    engine = null
  }
  return engine
}
