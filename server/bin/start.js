// Runs a command on a Node that can: this one or, where it is too old, the one of the npm package `node`
// that is installed beside it. Plain JavaScript, so that an older Node can read it.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import module, { createRequire } from 'node:module'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const nodeMajorMin = 24
const flushMs = 3000

/**
 * `script`: the URL of the script that calls this. `load` imports the command, `cache` is the URL of the
 * folder of its compiled sources, and `remedy` says how to get a newer Node.
 */
export async function start({ script, load, cache, remedy }) {
  if (Number.parseInt(process.versions.node, 10) >= nodeMajorMin) {
    cacheCompiled(cache)
    await load()
    return
  }
  const node = installedNode(script)
  if (node) runWith(node, script, remedy)
  else fail('there is none in node_modules', remedy)
}

function installedNode(script) {
  try {
    const manifest = createRequire(script).resolve('node/package.json')
    const { version, bin } = JSON.parse(readFileSync(manifest, 'utf8'))
    if (Number.parseInt(version, 10) < nodeMajorMin) return undefined
    return join(dirname(manifest), bin.node)
  } catch {
    return undefined
  }
}

function fail(reason, remedy) {
  console.error(
    `doorstep needs Node ${nodeMajorMin} or later and this is ${process.version}; ${reason}. ${remedy}`,
  )
  process.exit(1)
}

function runWith(node, script, remedy) {
  const args = [fileURLToPath(script), ...process.argv.slice(2)]
  const child = spawn(node, args, { stdio: 'inherit' })
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
    process.on(signal, () => {
      // A terminal sends Ctrl-C to the child as well, and a second one would mean "stop at once".
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
    })
  }
  child.on('error', (error) => {
    fail(`the one in node_modules does not start (${error.message})`, remedy)
  })
  child.on('exit', (status, signal) => {
    process.exit(status ?? 128 + constants.signals[signal])
  })
}

// Where the folder is writable. The timer flushes the cache even if the process is killed later.
function cacheCompiled(cache) {
  module.enableCompileCache(fileURLToPath(cache))
  setTimeout(() => module.flushCompileCache(), flushMs).unref()
}
