import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

import { type Plugin, rolldown } from 'rolldown'
import type { TestProject } from 'vitest/node'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const folder = join(root, 'node_modules/.cache/doorstep-tests')
const keptMs = 7 * 24 * 3_600_000

/** What it is made of. */
const sources = ['server/src', 'contract/src', 'server/bin', 'package-lock.json']
const thisFile = fileURLToPath(import.meta.url)

const threads = {
  'check-in-worker': 'runtime/check-ins/check-in-worker.ts',
  'checkpoint-worker': 'storage/sqlite/checkpoint-worker.ts',
}

/** Bundles the command once for each state of its sources. */
export async function setup(project: TestProject): Promise<void> {
  const own = join(folder, fingerprint())
  if (!existsSync(own)) await build(own)
  project.provide('bundledCommand', join(own, 'doorstep.js'))
}

function fingerprint(): string {
  const hash = createHash('sha256')
  for (const file of [...sources.flatMap(filesOf), thisFile]) {
    hash.update(file.slice(root.length)).update(readFileSync(file))
  }
  return hash.digest('hex').slice(0, 16)
}

function filesOf(path: string): string[] {
  const whole = join(root, path)
  if (statSync(whole).isFile()) return [whole]
  return readdirSync(whole, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
}

async function build(own: string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  for (const name of readdirSync(folder)) {
    const other = join(folder, name)
    // NOTE: another run may do the same.
    const madeMs = statSync(other, { throwIfNoEntry: false })?.mtimeMs ?? Infinity
    if (Date.now() - madeMs > keptMs) rmSync(other, { recursive: true, force: true })
  }
  const unfinished = `${own}.${process.pid}`
  const threadFiles = Object.entries(threads).map(([name, file]) => [name, `server/src/${file}`])
  await using bundle = await rolldown({
    cwd: root,
    platform: 'node',
    input: { main: 'server/src/cli/main.ts', ...Object.fromEntries(threadFiles) },
    external: [/^node:/, '@node-rs/argon2', '@fastify/swagger-ui', 'pg-native'],
    plugins: [filesOfCheckout],
  })
  await bundle.write({ dir: unfinished, format: 'esm' })
  await writeFile(join(unfinished, 'doorstep.js'), commandText)
  try {
    renameSync(unfinished, own)
  } catch (error) {
    // Another run has made the same.
    if (!existsSync(own)) throw error
    rmSync(unfinished, { recursive: true })
  }
}

/** Its data and other files are those of the checkout; its threads and processes are its own. */
const filesOfCheckout: Plugin = {
  name: 'program files',
  transform: {
    filter: { id: /\/server\/src\/program-files\.ts$/ },
    handler(code, id) {
      const own = Object.entries(threads).map(([name, file]) => [`./${file}`, `./${name}.js`])
      let text = code.replace('import.meta.url', JSON.stringify(pathToFileURL(id).href))
      for (const [from = '', to] of [...own, ['../bin/doorstep.js', './doorstep.js']]) {
        if (!text.includes(`at('${from}')`)) throw new Error(`program-files.ts lacks ${from}`)
        text = text.replace(`at('${from}')`, `new URL('${to}', import.meta.url)`)
      }
      return text
    },
  },
}

const commandText = `import { start } from '${join(root, 'server/bin/start.js')}'
await start({
  script: import.meta.url,
  load: () => import('./main.js'),
  cache: new URL('./compiled', import.meta.url),
  remedy: '',
})
`
