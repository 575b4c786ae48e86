import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { mapPalette } from '@doorstep/contract/map-palette'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { BasemapFolder } from '../../server/src/basemap/basemaps.ts'
import type { StartOptions } from '../../server/test/support/start.ts'
import { outcomes, visits } from './map-page/visits.ts'
import { buildBasemap, buildMapPage, bundledMap } from './support/map-page.ts'
import { chromiumPath, openWeb } from './support/web.ts'

let page: Awaited<ReturnType<typeof buildMapPage>>

beforeAll(async () => {
  await buildBasemap()
  page = await buildMapPage()
})
afterAll(() => page?.remove())

/** A server with the page of the map, and with the map of this file. */
async function openMap(bundled = bundledMap, options: StartOptions = {}) {
  const basemaps = new BasemapFolder({ dataDir: tmpdir(), bundled, onRefused: () => {} })
  const web = await openWeb({ drawsMaps: true, webFolder: page.folder, basemaps, ...options })
  return {
    async open(query: string) {
      const opened = await web.newPage({ viewport: { width: 800, height: 600 } })
      await opened.goto(`${web.app.url}/?${query}`)
      await opened.waitForFunction(() => window.engine?.map.loaded())
      return opened
    },
    async [Symbol.asyncDispose]() {
      await web[Symbol.asyncDispose]()
      await basemaps[Symbol.asyncDispose]()
    },
  }
}

/** Waits for the map that the server brings, and until it has nothing left to load. */
async function untilDrawn(opened: Page): Promise<void> {
  await opened.waitForFunction(() => window.engine?.map.getSource('basemap'))
  await opened.evaluate(
    () =>
      new Promise<void>((resolve) => {
        window.engine?.map.once('idle', () => resolve())
        window.engine?.map.triggerRepaint()
      }),
  )
}

/** The colour that the map shows at a place, moved by so many pixels. */
const colourAt = (opened: Page, longitude: number, latitude: number, right = 0, down = 0) =>
  opened.evaluate(
    ([lng, lat, x, y]) =>
      new Promise<string>((resolve, reject) => {
        const map = window.engine?.map
        if (!map) return reject(new Error('there is no map'))
        map.once('render', () => {
          const canvas = map.getCanvas()
          const gl = canvas.getContext('webgl2')
          const at = map.project([lng, lat])
          const ratio = devicePixelRatio
          const pixel = new Uint8Array(4)
          const [left, top] = [(at.x + x) * ratio, canvas.height - (at.y + y) * ratio]
          gl?.readPixels(left, top, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixel)
          const [r = 0, g = 0, b = 0] = pixel
          resolve(`#${[r, g, b].map((it) => it.toString(16).padStart(2, '0')).join('')}`)
        })
        map.triggerRepaint()
      }),
    [longitude, latitude, right, down] as const,
  )

describe.skipIf(chromiumPath === undefined)('the map in a browser', () => {
  it.each(['light', 'dark'] as const)('its worker draws land and sea, %s', async (theme) => {
    await using map = await openMap()
    const opened = await map.open(`at=62,18,3&theme=${theme}`)
    await untilDrawn(opened)

    // NOTE: were rings across 180° E not unwrapped, land would lie from Norway to Russia.
    expect(await colourAt(opened, 19.6, 62.2)).toBe(mapPalette[theme].water)
    expect(await colourAt(opened, 16, 63.5)).toBe(mapPalette[theme].land)
    expect(await colourAt(opened, -8, 66)).toBe(mapPalette[theme].water)
  })

  it('draws under BASE_PATH', async () => {
    await using map = await openMap(bundledMap, { basePath: '/apps/doorstep' })
    const opened = await map.open('at=62,18,3')
    await untilDrawn(opened)

    expect(await colourAt(opened, 19.6, 62.2)).toBe(mapPalette.light.water)
  })

  it('is whole at 180° E and at the South Pole', async () => {
    await using map = await openMap()
    const opened = await map.open('at=66,180,3.4')
    await untilDrawn(opened)
    expect(await colourAt(opened, 177.3, 67)).toBe(mapPalette.light.land)
    expect(await colourAt(opened, 184.2, 67)).toBe(mapPalette.light.land)
    expect(await colourAt(opened, 178.5, 58.5)).toBe(mapPalette.light.water)

    await opened.evaluate(() => window.engine?.map.jumpTo({ center: [60, -75], zoom: 2.2 }))
    await untilDrawn(opened)
    expect(await colourAt(opened, 75, -76)).toBe(mapPalette.light.land)
    expect(await colourAt(opened, 57, -58)).toBe(mapPalette.light.water)
  })

  it('shows paper and pins while it is being made, and itself as soon as it is there', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'map-'))
    const file = join(folder, 'world.mbtiles')
    try {
      await using map = await openMap(file)
      const opened = await map.open('at=38.7,-9,9.75&pins')
      await expect.poll(() => pinsOf(opened)).toBeGreaterThan(10)
      expect(await colourAt(opened, -9.27, 38.6)).toBe(mapPalette.light.land)

      await copyFile(bundledMap, file)
      await untilDrawn(opened)
      expect(await colourAt(opened, -9.27, 38.6)).not.toBe(mapPalette.light.land)
      expect(await pinsOf(opened)).toBeGreaterThan(10)
      expect(await opened.locator('.map-credits').textContent()).toBe('© GeoNames')
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })

  it('draws pins and rings in the colours of outcomes, and again in the other theme', async () => {
    await using map = await openMap()
    const opened = await map.open('at=38.7,-9,9.75&pins')
    await untilDrawn(opened)

    for (const theme of ['light', 'dark'] as const) {
      const [pin] = visits.pins
      const [cluster] = visits.clusters
      const colour = outcomes[pin?.look ?? 0]?.colour
      await expect
        .poll(() => colourAt(opened, pin?.longitude ?? 0, pin?.latitude ?? 0, -9, 0))
        .toBe(colour)
      await expect
        .poll(() => colourAt(opened, cluster?.longitude ?? 0, cluster?.latitude ?? 0, 30, 4))
        .toBe(outcomes[0]?.colour)
      if (theme === 'light') await opened.evaluate(() => window.engine?.setTheme('dark'))
    }
  })

  it('draws where the phone is above a ring that is drawn later', async () => {
    await using map = await openMap()
    const opened = await map.open('at=38.7,-9,9.75&pins&here')
    await untilDrawn(opened)
    const [cluster] = visits.clusters
    await expect
      .poll(() => colourAt(opened, cluster?.longitude ?? 0, cluster?.latitude ?? 0))
      .toBe(mapPalette.light.accent)
  })

  it('stays one map when another screen takes it', async () => {
    await using map = await openMap()
    const opened = await map.open('at=38.7,-9,9.75')
    await untilDrawn(opened)

    const kept = await opened.evaluate(() => {
      const { engine } = window
      const canvas = engine?.map.getCanvas()
      const place = document.createElement('div')
      place.style.blockSize = '300px'
      document.body.append(place)
      const giveBack = engine?.placeIn(place)
      const isMoved = place.contains(canvas ?? null) && canvas?.clientHeight === 300
      giveBack?.()
      return [isMoved, place.childElementCount, engine?.map.getZoom()]
    })

    expect(kept).toEqual([true, 0, 9.75])
  })
})

const pinsOf = (opened: Page) =>
  opened.evaluate(
    () => window.engine?.map.queryRenderedFeatures({ layers: ['doorstep-pins'] }).length ?? 0,
  )
