import { stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import type { Basemap, Basemaps } from '../domain/basemap.ts'
import { openBasemap, type OpenBasemap, styleName } from './open-basemap.ts'

const checkMs = 1_000
/** So long a map that was replaced stays open, for requests that have begun. */
const closeMs = 10_000

export interface BasemapFiles {
  /** May hold a map of the team's own: `map.pmtiles` or `map.mbtiles`. */
  readonly dataDir: string
  /** The map that the server brings, or will once it is made. */
  readonly bundled: string
  readonly onRefused: (path: string, error: unknown) => void
}

/** The first map that is there. Files may come, go and be replaced while the server runs. */
export class BasemapFolder implements Basemaps, AsyncDisposable {
  readonly #paths: readonly string[]
  readonly #onRefused: BasemapFiles['onRefused']
  readonly #refused = new Set<string>()
  #open: { readonly key: string; readonly map: OpenBasemap } | undefined
  #last: { readonly beganMs: number; readonly result: Promise<Basemap | undefined> } | undefined

  constructor({ dataDir, bundled, onRefused }: BasemapFiles) {
    this.#paths = [join(dataDir, 'map.pmtiles'), join(dataDir, 'map.mbtiles'), bundled]
    this.#onRefused = onRefused
  }

  find(): Promise<Basemap | undefined> {
    const now = performance.now()
    if (this.#last && now - this.#last.beganMs < checkMs) return this.#last.result
    // NOTE: one after the other, or two would open the same file.
    const result = (this.#last?.result ?? Promise.resolve(undefined)).then(() => this.#findNow())
    this.#last = { beganMs: now, result }
    return result
  }

  async #findNow(): Promise<Basemap | undefined> {
    for (const path of this.#paths) {
      const key = await keyOf(path)
      if (key === undefined || this.#refused.has(key)) continue
      if (this.#open?.key === key) return this.#open.map
      try {
        const map = await openBasemap(path)
        this.#closeLater()
        this.#open = { key, map }
        return map
      } catch (error) {
        this.#refused.add(key)
        this.#onRefused(path, error)
      }
    }
    this.#closeLater()
    return undefined
  }

  #closeLater(): void {
    const open = this.#open
    this.#open = undefined
    if (open) setTimeout(() => void open.map[Symbol.asyncDispose](), closeMs).unref()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#last?.result
    await this.#open?.map[Symbol.asyncDispose]()
    this.#open = undefined
  }
}

/** Differs when the file, or the style beside it, is another; undefined: there is no file. */
async function keyOf(path: string): Promise<string | undefined> {
  const file = await printOf(path)
  return file && `${path} ${file} ${await printOf(join(dirname(path), styleName))}`
}

async function printOf(path: string): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined)
  return found?.isFile() ? `${found.ino} ${found.size} ${found.mtimeMs}` : undefined
}
