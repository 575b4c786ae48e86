// Runs before `npm start`: starts building the web app and its map if they are missing or older than their
// sources. The server does not wait for it, and until then shows a page that does, and a map of paper. A
// folder that cannot be written to is taken as it is. Plain JavaScript for Node 20 and later.
import { spawn } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { isBuilt } from './build-web.js'

const root = fileURLToPath(new URL('..', import.meta.url))

function canWrite() {
  try {
    accessSync(join(root, 'web'), constants.W_OK)
    return true
  } catch {
    return false
  }
}

function start(script, what) {
  const node = join(root, 'node_modules/.bin/node')
  const child = spawn(node, [join(root, script)], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  })
  child.on('error', (error) => console.error(`${what} is not built: ${error.message}`))
  child.unref()
}

if (canWrite()) {
  // It looks itself whether there is something to do, which takes a tenth of a second.
  start('web/basemap/build-basemap.ts', 'The map')
  if (!isBuilt()) {
    const isFirst = !existsSync(join(root, 'web/dist/index.html'))
    console.error(isFirst ? 'Building the web app.' : 'The web app has changed: building it again.')
    start('scripts/build-web.js', 'The web app')
  }
}
