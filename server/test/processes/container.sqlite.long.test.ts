import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'

import { type BuiltImage, buildImage } from '../support/built-image.ts'
import type { StandInSettings } from '../support/docker-stand-in.ts'
import { asNobody, giveAway } from '../support/dockerfile.ts'
import { inPlace, printedCommands, root, runPrinted, standIns } from '../support/documents.ts'
import { withFreePorts } from '../support/free-ports.ts'
import { debianBinaries, select, startPostgres } from '../support/postgres-server.ts'
import { reachesRegistry } from '../support/registry.ts'

/** Two installations from the registry. */
const timeout = 900_000

/** Returns the address that it prints. */
async function untilListening({ stdout }: ChildProcess): Promise<URL> {
  if (!stdout) throw new Error('no pipe')
  for await (const line of createInterface({ input: stdout })) {
    const [, url] = /^listening on (\S+)$/.exec(line) ?? []
    if (url !== undefined) return new URL(url)
  }
  throw new Error('it did not start')
}

describe.skipIf(!reachesRegistry('the steps of the Dockerfile'))('the image', () => {
  const ends: (() => void)[] = []
  let built: BuiltImage
  beforeAll(() => {
    built = buildImage((end) => ends.push(end))
  }, timeout)
  afterAll(() => ends.forEach((end) => end()))

  it('makes a server that starts as nobody on files it cannot change', async () => {
    const { image, folder, env } = built
    const app = join(image.root, image.workFolder)
    const data = mkdtempSync(join(folder, 'data-'))
    giveAway(data)
    const running = { ...env, ...image.env, HOST: '127.0.0.1', PORT: '0', DATA_DIR: data }
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
  })

  /** A machine with a stand-in for `docker`, in the folder of the checkout. */
  function newMachine(postgres?: Readonly<Record<string, string>>) {
    const folder = mkdtempSync(join(built.folder, 'machine-'))
    chmodSync(folder, 0o755)
    const script = join(root, 'server/test/support/docker-stand-in.ts')
    const programs = standIns(join(folder, 'bin'), {
      docker: `exec '${process.execPath}' '${script}' "$@"`,
    })
    const PATH = built.env['PATH'] ?? ''
    const HOME = built.env['HOME'] ?? ''
    const settings: StandInSettings = {
      image: built.image,
      folder,
      env: { PATH, HOME },
      ...(postgres && { postgres }),
    }
    const file = join(folder, 'stand-in.json')
    writeFileSync(file, JSON.stringify(settings))
    const state = join(folder, 'containers.json')
    const containers = (): Record<string, { pid: number; log: string }> =>
      existsSync(state) ? JSON.parse(readFileSync(state, 'utf8')) : {}
    onTestFinished(() => {
      for (const { pid } of Object.values(containers())) process.kill(pid, 'SIGKILL')
    })
    const cwd = join(folder, 'checkout')
    mkdirSync(cwd)
    for (const name of ['compose.yaml', 'Dockerfile']) {
      writeFileSync(join(cwd, name), readFileSync(join(built.sources, name)))
    }
    const urlOf = (name: string) =>
      /^listening on (\S+)$/m.exec(readFileSync(containers()[name]?.log ?? '', 'utf8'))?.[1] ?? ''
    return {
      cwd,
      folder,
      containers,
      urlOf,
      around: { cwd, programs: [programs], env: { DOCKER_STAND_IN: file } },
    }
  }

  const up = printedCommands('docs/containers.md', 'docker compose --profile sqlite')
  const commandOf = (profile: string) =>
    up.split('\n').find((line) => line.includes(`--profile ${profile} `)) ?? 'false'
  const link = printedCommands('docs/containers.md', 'setup-link --url')

  it('runs by the commands of docs/containers.md on SQLite, with Compose', async () => {
    const { cwd, containers, urlOf, around } = newMachine()
    writeFileSync(join(cwd, '.env'), printedCommands('docs/containers.md', 'DOMAIN='))
    await runPrinted(commandOf('sqlite'), around)
    expect(Object.keys(containers())).toEqual(['server'])
    expect((await fetch(`${urlOf('server')}/readyz`)).status).toBe(200)
    const { stdout } = await runPrinted(link, around)
    expect(stdout).toMatch(/^https:\/\/visits\.example\.com\/setup#code=\S+\n$/)
    const copy = printedCommands('docs/containers.md', 'docker compose cp')
    await expect
      .poll(async () => {
        await runPrinted(`rm -rf backups\n${copy}`, around)
        return readdirSync(join(cwd, 'backups')).filter((name) => name.endsWith('.db'))
      })
      .toHaveLength(1)
    const update = printedCommands('docs/updating.md', 'docker compose --profile sqlite')
    await runPrinted(inPlace(update, { 'git pull': 'true' }), around)
    expect((await fetch(`${urlOf('server')}/readyz`)).status).toBe(200)
  })

  it('runs by the commands of docs/containers.md without Compose', async () => {
    const { urlOf, around } = newMachine()
    const commands = printedCommands('docs/containers.md', 'docker run')
    const { stdout } = await withFreePorts((port) =>
      runPrinted(inPlace(commands, { '127.0.0.1:8080:': `127.0.0.1:${port}:` }), around),
    )
    expect(stdout).toMatch(/\/setup#code=\S+/)
    expect((await fetch(`${urlOf('doorstep')}/readyz`)).status).toBe(200)
    const doctor = printedCommands('docs/containers.md', 'docker exec doorstep')
    expect((await runPrinted(doctor, around)).stdout).toContain('All is well.')
  })

  const bin = debianBinaries()
  if (bin === undefined) console.log("NOT RUN: two containers, without Debian's PostgreSQL.")

  it.skipIf(bin === undefined)('runs twice on one PostgreSQL, with Compose', async () => {
    await using server = await startPostgres(bin ?? '')
    const settings = printedCommands('docs/containers.md', 'POSTGRES_PASSWORD=')
    const [, password = ''] = /^POSTGRES_PASSWORD=(\S+)$/m.exec(settings) ?? []
    await select(server.url(), `alter user doorstep password '${password}'`)
    const login = { PGHOST: '127.0.0.1', PGPORT: String(server.port), PGPASSWORD: password }
    const url = `postgres://doorstep:${password}@127.0.0.1:${server.port}`
    await select(`${url}/postgres`, "create database doorstep encoding 'UTF8' template template0")
    const { cwd, urlOf, around } = newMachine({ ...login, PATH: `${bin}:${process.env['PATH']}` })
    writeFileSync(join(cwd, '.env'), settings)
    await runPrinted(commandOf('postgres'), around)
    for (const name of ['server-1', 'server-2']) {
      expect((await fetch(`${urlOf(name)}/readyz`)).status).toBe(200)
    }
    const linked = await runPrinted(inPlace(link, { 'exec server ': 'exec server-1 ' }), around)
    expect(linked.stdout).toContain('/setup#code=')
    await runPrinted(printedCommands('docs/containers.md', 'pg_dump --format=custom'), around)
    const dump = join(cwd, 'doorstep.dump')
    expect(existsSync(dump) && statSync(dump).size).toBeGreaterThan(10_000)
  })
})
