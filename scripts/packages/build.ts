// `npm run build`: makes the packages that run without this checkout, doorstep-visits and doorstep-client,
// and packs each into a file for `npm install`. `npm run build -- FOLDER` leaves them in another folder.
import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { isBuilt } from '../build-web.js'
import { buildClient } from './client.ts'
import { root } from './manifest.ts'
import { buildServer } from './server.ts'

const to = resolve(process.argv[2] ?? join(root, 'dist'))

function run(program: string, args: readonly string[], cwd: string): void {
  // NOTE: standard output is for the names of the files; Vite builds for production only if this says so.
  const env = { ...process.env, NODE_ENV: 'production' }
  const shell = process.platform === 'win32' && program === 'npm'
  const { status, error } = spawnSync(program, args, { cwd, env, shell, stdio: ['ignore', 2, 2] })
  if (status !== 0) throw error ?? new Error(`${[program, ...args].join(' ')} failed`)
}

function pack(folder: string): void {
  const args = ['pack', '--pack-destination', to, '--loglevel=error']
  const { npm_execpath: npm = '', npm_node_execpath: node = process.execPath } = process.env
  if (npm.endsWith('npm-cli.js')) run(node, [npm, ...args], folder)
  else run('npm', args, folder)
}

if (!isBuilt()) run(process.execPath, ['scripts/build-web.js'], root)
run(process.execPath, ['web/basemap/build-basemap.ts'], root)
mkdirSync(to, { recursive: true })
for (const [name, build] of [
  ['doorstep-visits', buildServer],
  ['doorstep-client', buildClient],
] as const) {
  const folder = join(to, name)
  rmSync(folder, { recursive: true, force: true })
  const manifest = await build(folder)
  pack(folder)
  console.log(join(to, `${name}-${manifest.version}.tgz`))
}
