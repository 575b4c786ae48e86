import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

import { expect, it, onTestFinished } from 'vitest'

import { asNobody, buildWithoutContainer, giveAway } from '../support/dockerfile.ts'
import { machineEnv, reachesRegistry } from '../support/registry.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** Two installations from the registry. */
const timeout = 900_000

async function freePort(): Promise<string> {
  const server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const bound = server.address()
  server.close()
  return String(typeof bound === 'object' && bound !== null ? bound.port : 0)
}

/** What git would give to a fresh clone, with what is new and not ignored. */
function copySources(to: string): void {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard']
  const names = String(execFileSync('git', args, { cwd: root }))
    .split('\0')
    .filter(Boolean)
  for (const name of names) {
    mkdirSync(dirname(join(to, name)), { recursive: true })
    cpSync(join(root, name), join(to, name), { verbatimSymlinks: true, force: true })
  }
}

async function untilListening({ stdout }: ChildProcess): Promise<void> {
  if (!stdout) throw new Error('no pipe')
  for await (const line of createInterface({ input: stdout })) {
    if (line.startsWith('listening on ')) return
  }
  throw new Error('it did not start')
}

it(
  'the steps of the Dockerfile make a server that starts as nobody on files it cannot change',
  { timeout },
  async ({ skip }) => {
    if (!reachesRegistry('the steps of the Dockerfile')) {
      return skip('the registry of npm does not answer')
    }
    const folder = mkdtempSync(join(tmpdir(), 'doorstep-image-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    chmodSync(folder, 0o755)
    for (const name of ['sources', 'stages', 'home', 'bin', 'data']) mkdirSync(join(folder, name))
    copySources(join(folder, 'sources'))
    // NOTE: the Node of this test, in a place that nobody may read, as the image has it.
    cpSync(process.execPath, join(folder, 'bin/node'))
    giveAway(join(folder, 'home'))
    giveAway(join(folder, 'data'))
    const env = {
      ...machineEnv(),
      PATH: `${join(folder, 'bin')}:${process.env['PATH']}`,
      HOME: join(folder, 'home'),
    }
    const text = readFileSync(join(root, 'Dockerfile'), 'utf8')
    const stages = join(folder, 'stages')
    const image = buildWithoutContainer(text, join(folder, 'sources'), stages, env)
    const app = join(image.root, image.workFolder)
    if (process.getuid?.() === 0) execFileSync('chown', ['-R', 'root:root', app])

    const port = await freePort()
    const running = {
      ...env,
      ...image.env,
      HOST: '127.0.0.1',
      PORT: port,
      DATA_DIR: join(folder, 'data'),
    }
    const [program = '', ...args] = [...image.entryPoint, ...image.command]
    const [probe = '', ...probeArgs] = image.healthCheck
    const isHealthy = () =>
      spawnSync(probe, probeArgs, { cwd: app, env: running, ...asNobody() }).status === 0
    expect(isHealthy()).toBe(false)
    const child = spawn(program, args, { cwd: app, env: running, ...asNobody() })
    onTestFinished(() => void child.kill('SIGKILL'))
    await untilListening(child)
    expect(isHealthy()).toBe(true)
    const page = await fetch(`http://127.0.0.1:${port}/`, { headers: { Accept: 'text/html' } })
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('/assets/')
    const described = await fetch(`http://127.0.0.1:${port}/openapi.json`)
    expect(described.status).toBe(200)
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    expect(await ended).toEqual([0, null])
  },
)
