import { mapPalette, type MapTheme } from '@doorstep/contract/map-palette'
import type { StyleSpecification } from 'maplibre-gl'

import { basePath } from '../base-path.ts'

export interface BaseStyle {
  readonly style: StyleSpecification
  /** Whether closer looks show streets; otherwise they show a grid. */
  readonly hasStreets: boolean
}

const retryMs = 3_000

/** Paper alone: what is shown until the map is there, and without it. */
export const paper = (theme: MapTheme): BaseStyle => ({
  hasStreets: false,
  style: {
    version: 8,
    sources: {},
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': mapPalette[theme].land } },
    ],
  },
})

/**
 * Loads what lies beneath the pins. Waits while the server is still making it. null: there is none,
 * or it was not waited for.
 */
export async function loadBaseStyle(
  theme: MapTheme,
  signal: AbortSignal,
): Promise<BaseStyle | null> {
  const url = new URL(`${basePath}/map/style.json?theme=${theme}`, location.origin)
  try {
    let answer = await request(url, signal)
    while (answer?.status === 503) {
      await pause(retryMs, signal)
      answer = await request(url, signal)
    }
    if (!answer?.ok) return null
    return readStyle(await answer.json(), answer.url || url.href)
  } catch {
    return null
  }
}

/**
 * Asks the server, or takes what was kept where it cannot be reached. A style elsewhere is not kept,
 * nor could its tiles be.
 */
async function request(url: URL, signal: AbortSignal): Promise<Response | undefined> {
  // NOTE: browsers keep something only on https and on this machine.
  const kept = 'caches' in globalThis ? await caches.open('map-style') : undefined
  try {
    const answer = await fetch(url, { signal })
    if (answer.ok && isOfServer(answer.url)) await kept?.put(url, answer.clone())
    return answer
  } catch (error) {
    if (signal.aborted) throw error
    return kept?.match(url)
  }
}

const isOfServer = (url: string): boolean => new URL(url).origin === location.origin

/** NOTE: the server names no host, which it may not know, so addresses are relative to the style's. */
function readStyle(style: StyleSpecification, url: string): BaseStyle {
  const folder = url.replace(/[^/]*(?:\?.*)?$/, '')
  const absolute = (address: string): string =>
    /^[a-z]+:/i.test(address) ? address : `${folder}${address}`
  const sources = Object.entries(style.sources).map(([name, source]) =>
    'tiles' in source && source.tiles
      ? [name, { ...source, tiles: source.tiles.map(absolute) }]
      : [name, source],
  )
  return {
    hasStreets: !isWithoutStreets(style.metadata),
    style: { ...style, sources: Object.fromEntries(sources) },
  }
}

const isWithoutStreets = (metadata: unknown): boolean =>
  typeof metadata === 'object' &&
  metadata !== null &&
  'doorstep:streets' in metadata &&
  metadata['doorstep:streets'] === false

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(new DOMException('not needed any more', 'AbortError'))
    })
  })
