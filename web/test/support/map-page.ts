import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

import react from '@vitejs/plugin-react'
import { build } from 'vite'

const root = join(import.meta.dirname, '../../..')

export const bundledMap = join(root, 'web/basemap/dist/world.mbtiles')

/** Makes the map that the server brings, unless it is there. */
export const buildBasemap = (): Promise<unknown> =>
  promisify(execFile)(process.execPath, [join(root, 'web/basemap/build-basemap.ts')])

/** Builds web/test/map-page, the map alone, into a folder that the server can serve as the web app. */
export async function buildMapPage() {
  const folder = await mkdtemp(join(tmpdir(), 'map-page-'))
  await build({
    configFile: false,
    logLevel: 'error',
    root: join(root, 'web/test/map-page'),
    base: './',
    plugins: [react()],
    build: { outDir: folder, emptyOutDir: true, assetsInlineLimit: 0 },
    worker: { format: 'es' },
  })
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}
