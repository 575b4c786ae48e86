import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'

const repository = join(import.meta.dirname, '..')

/** Prints what it was given; `serve` runs until a signal ends it. */
const command = `
import { readFileSync } from 'node:fs'
const args = process.argv.slice(2)
if (args[0] === 'serve') {
  process.on('SIGTERM', () => process.exit(7))
  setInterval(() => {}, 1000)
  console.log(process.pid)
} else {
  const input = readFileSync(0, 'utf8')
  console.log(JSON.stringify({ args, cwd: process.cwd(), input }))
  process.exitCode = 3
}
`

/** In place of npm: as talkative, and it leaves what `npm ci` would. */
const npm = `#!/bin/sh
echo "$0 $*"
echo run >> installs
mkdir -p node_modules/.bin node_modules/node
ln -sf '${process.execPath}' node_modules/.bin/node
echo '{"version":"${process.versions.node}"}' > node_modules/node/package.json
echo '{"packages":{}}' > node_modules/.package-lock.json
`

describe.skipIf(process.platform === 'win32')('./doorstep in a fresh clone', () => {
  let folder: string
  let checkout: string
  let env: NodeJS.ProcessEnv

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'doorstep command '))
    checkout = join(folder, 'a clone')
    const scripts = ['ensure-installed.js', 'ensure-built.js', 'build-web.js', 'run-doorstep.js']
    for (const file of ['doorstep', ...scripts.map((name) => `scripts/${name}`)]) {
      cpSync(join(repository, file), join(checkout, file))
    }
    plant('package.json', '{"type":"module"}')
    plant('package-lock.json', '{"packages":{}}')
    plant('server/bin/doorstep.js', command)
    plant('../bin/npm', npm)
    chmodSync(join(folder, 'bin/npm'), 0o755)
    const { npm_execpath: _, ...rest } = process.env
    const path = [join(folder, 'bin'), dirname(process.execPath), process.env['PATH']]
    env = { ...rest, PATH: path.join(delimiter) }
  })

  afterEach(() => rmSync(folder, { recursive: true }))

  function plant(file: string, text: string): void {
    mkdirSync(dirname(join(checkout, file)), { recursive: true })
    writeFileSync(join(checkout, file), text)
  }

  function run(program: string, args: readonly string[], cwd = folder) {
    const ran = spawnSync(program, args, { cwd, env, input: 'from stdin', encoding: 'utf8' })
    return { status: ran.status, stdout: ran.stdout, stderr: ran.stderr }
  }

  it('installs, says so on standard error, and leaves the rest to the command', () => {
    const first = run(join(checkout, 'doorstep'), ['import', 'a b.json', '$HOME'])
    expect(JSON.parse(first.stdout)).toEqual({
      args: ['import', 'a b.json', '$HOME'],
      cwd: folder,
      input: 'from stdin',
    })
    expect(first.status).toBe(3)
    expect(first.stderr).toContain('npm ci')

    const second = run(join(checkout, 'doorstep'), [])
    expect(second).toMatchObject({ status: 3, stderr: '' })
  })

  it('installs again after package-lock.json has changed', () => {
    run(join(checkout, 'doorstep'), [])
    plant('package-lock.json', '{"packages":{"node_modules/new":{"version":"1.0.0"}}}')
    const { stdout, stderr } = run(join(checkout, 'doorstep'), ['again'])
    expect(stderr).toContain('npm ci')
    expect(JSON.parse(stdout).args).toEqual(['again'])
  })

  it('runs through symbolic links, relative and absolute, and through PATH', () => {
    symlinkSync('../a clone/doorstep', join(folder, 'bin/relative'))
    symlinkSync(join(folder, 'bin/relative'), join(folder, 'bin/absolute'))
    for (const name of ['relative', 'absolute']) expect(run(name, [name]).status).toBe(3)
    expect(run('sh', ['doorstep'], checkout).status).toBe(3)
    expect(run('sh', ['relative'], join(folder, 'bin')).status).toBe(3)
  })

  it('fails with a sentence when npm does', () => {
    plant('../bin/npm', '#!/bin/sh\nexit 5\n')
    const ran = run(join(checkout, 'doorstep'), [])
    expect(ran).toMatchObject({ status: 1, stdout: '' })
    expect(ran.stderr).toContain('npm ci failed (exit status 5)')
  })

  it('is the process of the command, which gets its signals', async () => {
    run(join(checkout, 'doorstep'), [])
    const { child, pid } = await startServer(join(checkout, 'doorstep'), ['serve'])
    expect(pid).toBe(child.pid)
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([7, null])
  })

  it('ends with npm start, which waits for it and passes its exit status on', async () => {
    run(join(checkout, 'doorstep'), [])
    cpSync(join(repository, 'package.json'), join(checkout, 'package.json'))
    rmSync(join(folder, 'bin/npm'))
    const { child, pid } = await startServer('npm', ['start', '--silent'])
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([7, null])
    expect(isAlive(pid)).toBe(false)
  })

  async function startServer(program: string, args: readonly string[]) {
    const stdio = ['ignore', 'pipe', 'inherit'] as const
    const child = spawn(program, args, { cwd: checkout, env, stdio: [...stdio] })
    const [pid] = await once(child.stdout ?? child, 'data')
    onTestFinished(() => {
      if (isAlive(Number(pid))) process.kill(Number(pid), 'SIGKILL')
    })
    return { child, pid: Number(pid) }
  }
})

it('npm scripts use programs that cmd.exe finds', () => {
  const { scripts } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'))
  const commands = Object.values<string>(scripts).flatMap((script) => script.split(' && '))
  const programs = new Set(commands.map((command) => command.split(' ')[0] ?? ''))
  const isFound = (program: string) =>
    ['node', 'npm'].includes(program) ||
    existsSync(join(repository, `${program}.cmd`)) ||
    existsSync(join(repository, 'node_modules/.bin', program))
  expect([...programs].filter((program) => !isFound(program))).toEqual([])
})

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
