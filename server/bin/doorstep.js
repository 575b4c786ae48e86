#!/usr/bin/env node
// Plain JavaScript, so that an older Node can read it and hand over to the Node that the project pins.
// It installs nothing: `./doorstep` does.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import module, { createRequire } from 'node:module'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const nodeMajorMin = 24
const flushMs = 3000

function pinnedNode() {
  try {
    const manifest = createRequire(import.meta.url).resolve('node/package.json')
    return join(dirname(manifest), JSON.parse(readFileSync(manifest, 'utf8')).bin.node)
  } catch {
    return undefined
  }
}

function fail(reason) {
  console.error(
    `doorstep needs Node ${nodeMajorMin} or later and this is ${process.version}; ${reason}. ` +
      'Run ./doorstep in the root folder of the project, which installs the right one.',
  )
  process.exit(1)
}

function runWith(node) {
  const script = fileURLToPath(import.meta.url)
  const child = spawn(node, [script, ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
    process.on(signal, () => {
      // A terminal sends Ctrl-C to the child as well, and a second one would mean "stop at once".
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
    })
  }
  child.on('error', (error) => fail(`the one in node_modules does not start (${error.message})`))
  child.on('exit', (status, signal) => {
    process.exit(status ?? 128 + constants.signals[signal])
  })
}

// Caches the compiled sources in node_modules where that is writable. The timer flushes the cache even
// if the process is killed later.
function cacheCompiled() {
  module.enableCompileCache(
    fileURLToPath(new URL('../../node_modules/.cache/doorstep', import.meta.url)),
  )
  setTimeout(() => module.flushCompileCache(), flushMs).unref()
}

if (Number.parseInt(process.versions.node, 10) >= nodeMajorMin) {
  cacheCompiled()
  await import('../src/cli/main.ts')
} else {
  const node = pinnedNode()
  if (node) runWith(node)
  else fail('there is none in node_modules')
}
