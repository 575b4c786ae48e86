// `npm run check`: layers, nouns, circles, types, lint, format, sizes and documents; one line per
// step, and the output of a step that failed as soon as it ends.
import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'

process.chdir(join(import.meta.dirname, '..'))

// A workspace that holds no TypeScript yet has nothing to check, and tsc calls that an error.
function holdsTypeScript(workspace) {
  const folder = join(workspace, 'src')
  if (!existsSync(folder)) return false
  return readdirSync(folder, { recursive: true }).some((file) => /\.tsx?$/.test(file))
}

const workspaces = ['server', 'client', 'contract', 'web'].filter(holdsTypeScript)

const steps = [
  { name: 'layers', command: ['node', 'scripts/layers.ts'] },
  { name: 'nouns', command: ['node', 'scripts/nouns.ts'] },
  { name: 'circles', command: ['node', 'scripts/circles.ts'] },
  ...workspaces.map((name) => ({ name: `types ${name}`, command: ['tsc', '-p', name] })),
  { name: 'types web/test', command: ['tsc', '-p', 'web/test'] },
  { name: 'types scripts', command: ['tsc', '-p', '.'] },
  { name: 'lint', command: ['oxlint', '--deny-warnings'] },
  { name: 'format', command: ['oxfmt', '--check'] },
  { name: 'web sizes', command: ['node', 'scripts/web-sizes.ts'] },
  { name: 'colours', command: ['node', 'scripts/colours.ts'] },
  { name: 'css lengths', command: ['node', 'scripts/css-lengths.ts'] },
  { name: 'layers table', command: ['node', 'scripts/layers-table.ts'] },
  { name: 'markdown paths', command: ['node', 'scripts/markdown-paths.ts'] },
  { name: 'headings', command: ['node', 'scripts/markdown-headings.ts'] },
  { name: 'clauses', command: ['node', 'scripts/clauses.ts'] },
  { name: 'unrun commands', command: ['node', 'scripts/unrun-commands.ts'] },
]

function run({ name, command: [program, ...args] }) {
  const startMs = performance.now()
  return new Promise((resolve) => {
    const child = spawn(program, args, { shell: process.platform === 'win32' })
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.on('error', (error) => (output += `${program} does not start: ${error.message}\n`))
    child.on('close', (status) => {
      const passed = status === 0
      const seconds = ((performance.now() - startMs) / 1000).toFixed(1)
      console.log(`${passed ? 'passed' : 'failed'}  ${name.padEnd(16)} ${seconds} s`)
      if (!passed) console.log(`${output.trimEnd()}\n`)
      resolve(passed)
    })
  })
}

const waiting = [...steps]
const results = []

async function work() {
  for (let step = waiting.shift(); step; step = waiting.shift()) results.push(await run(step))
}

await Promise.all(Array.from({ length: availableParallelism() }, work))
process.exitCode = results.every(Boolean) ? 0 : 1
