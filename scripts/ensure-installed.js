// Runs before the npm scripts and `./doorstep`: installs what package-lock.json asks for and is missing.
// It says what it does on standard error: standard output and input belong to the command.
// Plain JavaScript for Node 20 and later, because the Node that the project pins comes with the install.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const nodeMajorMin = 24
const lockWaitMs = 10 * 60_000
const lockPollMs = 300

const root = fileURLToPath(new URL('..', import.meta.url))
const marker = join(root, 'node_modules/.doorstep-lock')
const lock = join(root, '.install.lock')

const read = (path) => readFileSync(join(root, path), 'utf8')
const readJson = (path) => JSON.parse(read(path))

function fail(message) {
  console.error(message)
  process.exit(1)
}

function fingerprint() {
  const hash = createHash('sha256').update(read('package-lock.json')).digest('hex')
  return `${hash} ${process.platform} ${process.arch}\n`
}

function hasPinnedNode() {
  if (!existsSync(join(root, 'node_modules/.bin/node'))) return false
  return Number.parseInt(readJson('node_modules/node/package.json').version, 10) >= nodeMajorMin
}

// True after `npm install`, which leaves no marker and needs no second install.
function holdsEveryPackage() {
  const present = readJson('node_modules/.package-lock.json').packages
  return Object.entries(readJson('package-lock.json').packages)
    .filter(([path, wanted]) => path.includes('node_modules/') && !wanted.optional)
    .every(([path, wanted]) => path in present && present[path].version === wanted.version)
}

function isInstalled() {
  try {
    if (!existsSync(join(root, 'node_modules/.package-lock.json')) || !hasPinnedNode()) return false
    const installed = existsSync(marker) ? readFileSync(marker, 'utf8') : ''
    return installed === fingerprint() || adopt()
  } catch (error) {
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return false
    throw error
  }
}

function adopt() {
  if (!holdsEveryPackage()) return false
  try {
    writeFileSync(marker, fingerprint())
  } catch {
    // NOTE: a read-only installation costs one longer comparison at each start and nothing else.
  }
  return true
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

// `npm start` and `npm test` may be started together: the second waits for the first one's install.
function takeLock() {
  const deadlineMs = Date.now() + lockWaitMs
  if (existsSync(lock)) console.error('Waiting for another install to finish.')
  while (Date.now() < deadlineMs) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' })
      return
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    try {
      if (!isAlive(Number(readFileSync(lock, 'utf8')))) rmSync(lock, { force: true })
    } catch (error) {
      if (error.code !== 'ENOENT') throw error
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, lockPollMs)
  }
  fail('Another install has been running for 10 minutes. If there is none, delete .install.lock.')
}

function npmCi() {
  // The project needs its devDependencies (Node 24 is one) even where NODE_ENV is production. Only
  // errors are shown: an older npm's Node is not the one that the packages will run with.
  const args = ['ci', '--no-audit', '--no-fund', '--include=dev', '--loglevel=error']
  const { npm_execpath: npm = '', npm_node_execpath: node = process.execPath } = process.env
  const options = { cwd: root, stdio: ['ignore', 2, 2] }
  // The Node that runs npm, since `npm ci` deletes the one that may be running this script.
  if (npm.endsWith('npm-cli.js')) return spawnSync(node, [npm, ...args], options)
  return spawnSync('npm', args, { ...options, shell: process.platform === 'win32' })
}

function install() {
  console.error('Installing the packages of package-lock.json with npm ci, which takes a minute.')
  const { status, signal, error } = npmCi()
  if (status !== 0) {
    const reason = error?.message ?? (signal ? `it got ${signal}` : `exit status ${status}`)
    return `npm ci failed (${reason}); what it says is above. Put that right and run this again.`
  }
  if (!hasPinnedNode()) {
    return (
      'npm ci ran, but left no Node 24 in node_modules/.bin: it comes with an install script, so ' +
      'check that npm may run scripts (npm config get ignore-scripts) and run this again.'
    )
  }
  writeFileSync(marker, fingerprint())
}

if (!isInstalled()) {
  takeLock()
  let failure
  try {
    if (!isInstalled()) failure = install()
  } finally {
    rmSync(lock, { force: true })
  }
  if (failure) fail(failure)
}

// `npm start` says exec so that the server is npm's own child and gets the signals that npm forwards:
// sh would die of them and leave the server running. cmd.exe has no exec.
const execForCmd = join(root, 'node_modules/.bin/exec.cmd')
if (process.platform === 'win32' && !existsSync(execForCmd)) writeFileSync(execForCmd, '@%*\r\n')
