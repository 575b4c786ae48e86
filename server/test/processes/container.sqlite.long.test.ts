import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
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

/** Returns the address that it prints. */
async function untilListening({ stdout }: ChildProcess): Promise<URL> {
  if (!stdout) throw new Error('no pipe')
  for await (const line of createInterface({ input: stdout })) {
    const [, url] = /^listening on (\S+)$/.exec(line) ?? []
    if (url !== undefined) return new URL(url)
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

    const running = {
      ...env,
      ...image.env,
      HOST: '127.0.0.1',
      PORT: '0',
      DATA_DIR: join(folder, 'data'),
    }
    const [program = '', ...args] = [...image.entryPoint, ...image.command]
    const [probe = '', ...probeArgs] = image.healthCheck
    const isHealthy = (port: string) =>
      spawnSync(probe, probeArgs, { cwd: app, env: { ...running, PORT: port }, ...asNobody() })
        .status === 0
    expect(isHealthy('0')).toBe(false)
    const child = spawn(program, args, { cwd: app, env: running, ...asNobody() })
    onTestFinished(() => void child.kill('SIGKILL'))
    const { origin, port } = await untilListening(child)
    expect(isHealthy(port)).toBe(true)
    const page = await fetch(origin, { headers: { Accept: 'text/html' } })
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('/assets/')
    const described = await fetch(`${origin}/openapi.json`)
    expect(described.status).toBe(200)
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    expect(await ended).toEqual([0, null])
  },
)
