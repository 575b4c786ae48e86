// Builds the web app into web/dist: bundles it, packs its files for browsers that accept it, and replaces
// what was there at once. Plain JavaScript, run by the Node that the project pins.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const root = fileURLToPath(new URL('..', import.meta.url))
const web = join(root, 'web')
const dist = join(web, 'dist')
const next = join(web, 'dist.next')
const packed = /\.(js|mjs|css|svg|html|webmanifest|txt)$/

/** What the build is made of. */
const sources = ['web/src', 'web/public', 'web/index.html', 'web/vite.config.ts']
const alsoBuiltIn = ['client/src', 'contract/src', 'package-lock.json', 'scripts/build-web.js']

function filesOf(path) {
  const whole = join(root, path)
  if (!existsSync(whole)) return []
  if (/\.\w+$/.test(path)) return [whole]
  return readdirSync(whole, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
}

export function fingerprint() {
  const hash = createHash('sha256')
  for (const file of [...sources, ...alsoBuiltIn].flatMap(filesOf)) {
    hash.update(file.slice(root.length)).update(readFileSync(file))
  }
  return hash.digest('hex')
}

export function isBuilt() {
  try {
    return readFileSync(join(dist, '.fingerprint'), 'utf8') === fingerprint()
  } catch {
    return false
  }
}

/**
 * Bundles the service worker, which has to know every file of the build. It stands beside index.html,
 * under a name that stays.
 */
async function buildServiceWorker(build, revision) {
  const names = readdirSync(join(next, 'assets')).filter((name) => !/\.(br|gz|txt)$/.test(name))
  const precache = [
    { url: './', revision },
    { url: 'manifest.webmanifest', revision },
    ...names.toSorted().map((name) => ({ url: `assets/${name}`, revision: null })),
  ]
  await build({
    configFile: false,
    root: web,
    publicDir: false,
    logLevel: 'warn',
    define: { PRECACHE: JSON.stringify(precache) },
    build: {
      outDir: 'dist.next',
      emptyOutDir: false,
      rollupOptions: {
        input: 'src/service-worker.ts',
        output: { format: 'iife', entryFileNames: 'service-worker.js' },
      },
    },
  })
}

const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }

/** Writes the file again in the forms that browsers accept. */
export async function packFile(path) {
  const bytes = readFileSync(path)
  writeFileSync(`${path}.br`, await promisify(brotliCompress)(bytes, quality))
  writeFileSync(`${path}.gz`, await promisify(gzip)(bytes, { level: 9 }))
}

async function pack(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile() && packed.test(entry.name))
  await Promise.all(files.map(({ parentPath, name }) => packFile(join(parentPath, name))))
}

export async function buildWeb() {
  const { build } = await import('vite')
  const of = fingerprint()
  await build({ configFile: join(web, 'vite.config.ts'), logLevel: 'warn' })
  await buildServiceWorker(build, of)
  // NOTE: loaded here, since older Nodes that only ask isBuilt cannot read TypeScript.
  const { printThirdParty } = await import('./third-party.ts')
  writeFileSync(join(next, 'assets/third-party.txt'), printThirdParty(root))
  await pack(join(next, 'assets'))
  writeFileSync(join(next, '.fingerprint'), of)
  rmSync(dist, { recursive: true, force: true })
  renameSync(next, dist)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const startMs = performance.now()
  try {
    await buildWeb()
    const seconds = ((performance.now() - startMs) / 1000).toFixed(1)
    console.error(`The web app is built (${seconds} s).`)
  } catch (error) {
    console.error('The web app could not be built. The API is served all the same.')
    console.error(error)
    process.exitCode = 1
  }
}
