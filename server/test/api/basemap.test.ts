import { rmSync, writeFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { describe, expect, it } from 'vitest'

import { BasemapFolder } from '../../src/basemap/basemaps.ts'
import { send } from '../support/send.ts'
import { startApp, type StartOptions, type TestApp } from '../support/start.ts'
import { makeMbtiles, makePmtiles } from '../support/tile-files.ts'

const worldSchema = ['land', 'coast', 'place']
const protomapsSchema = ['earth', 'water', 'roads', 'places']
const world = {
  layers: worldSchema,
  attribution: '© GeoNames',
  zoomMax: 2,
  tiles: [
    { z: 0, x: 0, y: 0, text: 'the world' },
    { z: 2, x: 3, y: 1, text: 'a part' },
  ],
}
const streets = {
  layers: protomapsSchema,
  attribution: '<a href="https://osm.example">&copy; OpenStreetMap</a>',
  zoomMax: 15,
  tiles: [
    { z: 0, x: 0, y: 0, text: 'streets' },
    { z: 15, x: 15_000, y: 12_000, text: 'a street' },
  ],
}

const noTiles = [
  '0/0/1',
  '0/1/0',
  '2/4/0',
  '3/0/0',
  '-1/0/0',
  '0/0/00',
  '1/1.0/0',
  '1/0x1/0',
  '2/1e0/0',
  '1/ 1/0',
  '1/%31%00/0',
  '99999999999999999999/0/0',
  '22/99999999999/0',
  'x/y/z',
  '0/0/0.pbf',
  '0/..%2f..%2fetc/passwd',
]

/** A server whose data folder is empty, and which may bring a map. */
async function startMapped(options: StartOptions = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'map-'))
  const refused: string[] = []
  const basemaps = new BasemapFolder({
    dataDir: folder,
    bundled: join(folder, 'world.mbtiles'),
    onRefused: (_path, error) => refused.push(String(error)),
  })
  const app = await startApp({ ...options, basemaps })
  return {
    app,
    refused,
    path: (name: string) => join(folder, name),
    async [Symbol.asyncDispose]() {
      await app.close()
      await basemaps[Symbol.asyncDispose]()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const get = (app: TestApp, path: string, headers: Record<string, string> = {}) =>
  fetch(`${app.url}/map/${path}`, { headers, redirect: 'manual' })

interface Style {
  readonly sources: Record<string, { tiles: string[]; attribution?: string }>
  readonly layers: { id: string }[]
}

async function styleOf(app: TestApp, theme = 'light') {
  const style = (await (await get(app, `style.json?theme=${theme}`)).json()) as Style
  const template = style.sources['basemap']?.tiles[0] ?? ''
  return { style, tile: (zxy: string) => template.replace('{z}/{x}/{y}', zxy) }
}

describe('the map that the server brings', () => {
  it('is 503 with Retry-After until its file is there', async () => {
    await using mapped = await startMapped()
    const { app } = mapped

    const style = await get(app, 'style.json')
    const tile = await get(app, 'any/0/0/0')
    makeMbtiles(mapped.path('world.mbtiles'), world)
    await expect.poll(async () => (await get(app, 'style.json')).status).toBe(200)

    expect([style.status, tile.status]).toEqual([503, 503])
    expect(style.headers.get('Retry-After')).toMatch(/^\d$/)
    expect(app.log.join('')).not.toContain('unavailable')
  })

  it('has a style for both themes that needs no glyphs, sprite or address', async () => {
    await using mapped = await startMapped()
    makeMbtiles(mapped.path('world.mbtiles'), world)

    const { style: light } = await styleOf(mapped.app)
    const { style: dark } = await styleOf(mapped.app, 'dark')

    expect(Object.keys(light)).toEqual(['version', 'metadata', 'sources', 'layers'])
    expect(light.sources['basemap']).toMatchObject({ maxzoom: 2, attribution: '© GeoNames' })
    expect(JSON.stringify([light, dark])).not.toMatch(/https?:/)
    expect(light.layers.map(({ id }) => id)).toEqual(dark.layers.map(({ id }) => id))
    expect(light).not.toEqual(dark)
    expect((await get(mapped.app, 'style.json?theme=pink')).status).toBe(400)
  })

  it('answers tiles as they are stored, which never change', async () => {
    await using mapped = await startMapped()
    makeMbtiles(mapped.path('world.mbtiles'), world)
    const { tile } = await styleOf(mapped.app)

    const found = await get(mapped.app, tile('2/3/1'))
    const unpacked = await get(mapped.app, tile('2/3/1'), { 'Accept-Encoding': 'identity' })
    const empty = await get(mapped.app, tile('2/0/0'))
    const other = await get(mapped.app, 'another/2/3/1')

    expect(await found.text()).toBe('a part')
    expect(Object.fromEntries(found.headers)).toMatchObject({
      'content-type': 'application/vnd.mapbox-vector-tile',
      'content-encoding': 'gzip',
      'cache-control': 'public, max-age=31536000, immutable',
    })
    expect([await unpacked.text(), unpacked.headers.get('Content-Encoding')]).toEqual([
      'a part',
      null,
    ])
    expect([empty.status, empty.headers.get('Cache-Control')]).toEqual([
      204,
      'public, max-age=31536000, immutable',
    ])
    expect([other.status, other.headers.get('Cache-Control')]).toEqual([200, 'no-cache'])
  })

  it('has no tile beyond the world, nor by what is no number', async () => {
    await using mapped = await startMapped()
    makeMbtiles(mapped.path('world.mbtiles'), world)

    for (const zxy of noTiles) {
      expect([zxy, (await get(mapped.app, `version/${zxy}`)).status]).toEqual([zxy, 404])
    }
  })

  it('a style is 304 while it is the same', async () => {
    await using mapped = await startMapped()
    makeMbtiles(mapped.path('world.mbtiles'), world)
    const first = await get(mapped.app, 'style.json')

    const tag = first.headers.get('ETag') ?? ''
    const again = await get(mapped.app, 'style.json', { 'If-None-Match': tag })
    const dark = await get(mapped.app, 'style.json?theme=dark', { 'If-None-Match': tag })

    expect([again.status, dark.status]).toEqual([304, 200])
  })

  it('is found under BASE_PATH', async () => {
    await using mapped = await startMapped({ basePath: '/apps/doorstep' })
    makeMbtiles(mapped.path('world.mbtiles'), world)
    const { tile } = await styleOf(mapped.app)

    expect(await (await get(mapped.app, tile('0/0/0'))).text()).toBe('the world')
  })

  it('counts by address, and against no token (8.4)', async () => {
    await using mapped = await startMapped({ requestsPerHour: 60 })
    makeMbtiles(mapped.path('world.mbtiles'), world)

    const tile = await get(mapped.app, 'version/0/0/0')
    await get(mapped.app, 'version/0/0/0')

    expect([tile.status, tile.headers.get('RateLimit-Policy')]).toEqual([
      200,
      '"token";q=6000;w=60',
    ])
    expect((await mapped.app.fetch('/v2/visits')).status).toBe(200)
  })
})

describe("the team's own map", () => {
  const infoOf = async (app: TestApp) => (await send(app, 'GET', '/v2/app')).body.data.map

  it.each([
    ['map.pmtiles', makePmtiles],
    ['map.mbtiles', makeMbtiles],
  ])('is %s in the data folder, with streets', async (name, make) => {
    await using mapped = await startMapped()
    makeMbtiles(mapped.path('world.mbtiles'), world)
    make(mapped.path(name), streets)
    const { style, tile } = await styleOf(mapped.app)

    const found = await get(mapped.app, tile('15/15000/12000'))
    const empty = await get(mapped.app, tile('15/15001/12000'))

    expect([await found.text(), found.headers.get('Content-Encoding')]).toEqual([
      'a street',
      'gzip',
    ])
    expect(empty.status).toBe(204)
    expect(JSON.stringify(style)).not.toMatch(/Noto|icon-image|https?:/)
    expect(style.layers.length).toBeGreaterThan(50)
    expect(await infoOf(mapped.app)).toEqual({
      style_url: null,
      attribution: '© OpenStreetMap',
      has_streets: true,
    })
  })

  it('may come and go while the server runs', async () => {
    await using mapped = await startMapped()
    const { app } = mapped
    makeMbtiles(mapped.path('world.mbtiles'), world)
    expect((await infoOf(app)).has_streets).toBe(false)

    makePmtiles(mapped.path('map.pmtiles'), streets)
    await expect.poll(async () => (await infoOf(app)).has_streets).toBe(true)
    makePmtiles(mapped.path('map.pmtiles'), { ...streets, attribution: 'Ours' })
    await expect.poll(async () => (await infoOf(app)).attribution).toBe('Ours')
    rmSync(mapped.path('map.pmtiles'))
    await expect.poll(async () => (await infoOf(app)).has_streets).toBe(false)
  })

  it('is refused once, with the reason, where it cannot be shown', async () => {
    await using mapped = await startMapped()
    makeMbtiles(mapped.path('world.mbtiles'), world)
    writeFileSync(mapped.path('map.pmtiles'), 'nothing of the kind')
    makeMbtiles(mapped.path('map.mbtiles'), { ...streets, layers: ['motorways'] })

    const { style } = await styleOf(mapped.app)
    await sleep(1_100)
    await styleOf(mapped.app)

    expect(style.sources['basemap']?.attribution).toBe('© GeoNames')
    expect(mapped.refused).toEqual([
      expect.stringContaining('PMTiles'),
      expect.stringContaining('there is no map.style.json beside it'),
    ])
  })

  it('is drawn by the style beside it, in the font of the page', async () => {
    await using mapped = await startMapped()
    makeMbtiles(mapped.path('map.mbtiles'), { ...streets, layers: ['motorways'] })
    const layer = { type: 'symbol', source: 'ours', 'source-layer': 'motorways' }
    writeFileSync(
      mapped.path('map.style.json'),
      JSON.stringify({
        version: 8,
        glyphs: 'https://fonts.example/{fontstack}/{range}.pbf',
        sources: { ours: { type: 'vector', url: 'mbtiles://map.mbtiles' } },
        layers: [
          { ...layer, id: 'names', layout: { 'text-field': 'x', 'text-font': ['Their Sans'] } },
          { ...layer, id: 'shields', layout: { 'icon-image': 'shield' } },
        ],
      }),
    )

    const style = (await (await get(mapped.app, 'style.json')).json()) as Style

    expect(Object.keys(style)).toEqual(['version', 'sources', 'layers'])
    expect(style.sources['ours']?.tiles).toEqual([expect.stringMatching(/^[\da-f]{12}\/\{z\}/)])
    expect(style.layers).toMatchObject([
      { id: 'names', layout: { 'text-font': ['Geist Variable'] } },
    ])
  })

  it('is elsewhere where MAP_STYLE_URL, or the account, says so', async () => {
    const styleUrl = 'https://maps.example/style.json'
    await using mapped = await startMapped({
      isSingle: true,
      settings: { map: { styleUrl, attribution: 'Them' } },
    })
    makeMbtiles(mapped.path('world.mbtiles'), world)

    const style = await get(mapped.app, 'style.json?theme=dark')
    const own = 'https://ours.example/style.json'
    await send(mapped.app, 'PUT', '/v2/settings', { map: { style_url: own } })
    const owned = await get(mapped.app, 'style.json')

    const page = await fetch(mapped.app.url, { headers: { Accept: 'text/html' } })

    expect(page.headers.get('Content-Security-Policy')).toMatch(
      /connect-src 'self' https:\/\/ours\.example;/,
    )
    expect([style.status, style.headers.get('Location')]).toEqual([302, styleUrl])
    expect([owned.status, owned.headers.get('Location')]).toEqual([302, own])
  })
})
