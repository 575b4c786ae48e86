// Stands in for `docker` where there is no engine: it takes the options of the documents and no others,
// and runs what a container would, in the folder that the steps of the Dockerfile made.
import { type SpawnOptions, spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'

import { parse } from 'yaml'

import { asNobody, giveAway, type Image } from './dockerfile.ts'

/** What DOCKER_STAND_IN names as a file: the image, a folder of its own, and a PostgreSQL. */
export interface StandInSettings {
  readonly image: Image
  readonly folder: string
  readonly env: Readonly<Record<string, string>>
  /** The environment of PostgreSQL's programs, with the host and port of the service `postgres`. */
  readonly postgres?: Readonly<Record<string, string>>
}

interface Container {
  readonly pid: number
  readonly env: Readonly<Record<string, string>>
  readonly log: string
}

interface Service {
  readonly profiles?: readonly string[]
  readonly build?: string
  readonly volumes?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
}

const settings: StandInSettings = JSON.parse(
  readFileSync(process.env['DOCKER_STAND_IN'] ?? '', 'utf8'),
)
const { image, folder } = settings
const state = join(folder, 'containers.json')
const workFolder = join(image.root, image.workFolder)

const containers = (): Record<string, Container> =>
  existsSync(state) ? JSON.parse(readFileSync(state, 'utf8')) : {}

const volume = (name: string): string => join(folder, name)

const bool = { type: 'boolean' } as const
const string = { type: 'string' } as const

/** Starts a server; resolves when it listens, or has ended. */
async function start(
  name: string,
  given: Readonly<Record<string, string>>,
  data: string,
): Promise<void> {
  await stop(name)
  mkdirSync(data, { recursive: true })
  giveAway(data)
  const env = {
    ...settings.env,
    ...image.env,
    HOST: '127.0.0.1',
    PORT: '0',
    ...given,
    DATA_DIR: data,
  }
  const log = join(folder, `${name}.log`)
  const output = openSync(log, 'w')
  const [program = '', ...args] = [...image.entryPoint, ...image.command]
  const options: SpawnOptions = { cwd: workFolder, env, stdio: ['ignore', output, output] }
  const child = spawn(program, args, { ...options, detached: true, ...asNobody() })
  child.unref()
  while (child.exitCode === null && !/^listening on /m.test(readFileSync(log, 'utf8'))) {
    await pause(50)
  }
  if (child.exitCode !== null) throw new Error(readFileSync(log, 'utf8'))
  const all = { ...containers(), [name]: { pid: child.pid ?? 0, env, log } }
  writeFileSync(state, JSON.stringify(all))
}

/** Before it is started again. */
async function stop(name: string): Promise<void> {
  const { pid } = containers()[name] ?? {}
  if (pid === undefined) return
  try {
    for (process.kill(pid, 'SIGTERM'); ; await pause(50)) process.kill(pid, 0)
  } catch {
    // It has ended.
  }
}

function inside(name: string, [program = '', ...args]: readonly string[]): never {
  if (name === 'postgres' && settings.postgres) {
    const env = { ...process.env, ...settings.postgres }
    process.exit(spawnSync(program, args, { env, stdio: 'inherit' }).status ?? 1)
  }
  const { env } = containers()[name] ?? {}
  if (!env) throw new Error(`no container runs: ${name}`)
  const options = { cwd: workFolder, env, stdio: 'inherit', ...asNobody() } as const
  process.exit(spawnSync(program, args, options).status ?? 1)
}

/** compose.yaml of the current folder, with what its `.env` says. */
function services(): Readonly<Record<string, Service>> {
  const lines = existsSync('.env') ? readFileSync('.env', 'utf8').trim().split('\n') : []
  const values = Object.fromEntries(lines.map((line) => line.split('=')))
  const text = readFileSync('compose.yaml', 'utf8').replaceAll(
    /\$\{(\w+):-(\w*)\}/g,
    (_, name, byDefault) => values[name] ?? byDefault,
  )
  return parse(text, { merge: true }).services
}

async function up(profile: string): Promise<void> {
  const own = Object.entries(services()).filter(([, { profiles }]) => profiles?.includes(profile))
  if (own.length === 0) throw new Error(`no such profile: ${profile}`)
  for (const [name, { build, environment = {}, volumes = [] }] of own) {
    if (build === undefined) continue
    const [data = ''] = /^[\w-]+(?=:\/data$)/.exec(volumes[0] ?? '') ?? []
    const { PGHOST = '', PGPORT = '' } = settings.postgres ?? {}
    const { DATABASE_URL: url, BACKUP_DIR: backups, ...env } = environment
    const database = url && { DATABASE_URL: url.replace('postgres:5432', `${PGHOST}:${PGPORT}`) }
    const folders = backups && { BACKUP_DIR: backups.replace('/data', volume(data)) }
    await start(name, { ...env, ...database, ...folders }, volume(data))
  }
}

/** The command, and the arguments behind its own options: those of the program that it runs. */
function split(args: readonly string[]): { own: string[]; name: string; rest: string[] } {
  const at = args.findIndex((each) => !each.startsWith('-'))
  return { own: args.slice(0, at), name: args[at] ?? '', rest: args.slice(at + 1) }
}

async function compose(args: readonly string[]): Promise<void> {
  const [first, profile = '', ...others] = args
  if (first === '--profile') {
    const [command, ...options] = others
    if (command !== 'up') throw new Error(`compose ${command}?`)
    parseArgs({ args: options, options: { build: bool, detach: { ...bool, short: 'd' } } })
    return up(profile)
  }
  const [command, ...more] = args
  if (command === 'exec') {
    const { own, name, rest } = split(more)
    parseArgs({ args: own, options: { 'no-tty': { ...bool, short: 'T' } } })
    return inside(name, rest)
  }
  if (command !== 'cp') throw new Error(`compose ${command}?`)
  const { positionals } = parseArgs({ args: more, allowPositionals: true })
  const [from = '', to = ''] = positionals
  const [service = '', path = ''] = from.split(':')
  const data = containers()[service]?.env['DATA_DIR'] ?? ''
  cpSync(path.replace(/^\/data/, data), to, { recursive: true })
}

async function run(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      detach: { ...bool, short: 'd' },
      name: string,
      restart: string,
      init: bool,
      'read-only': bool,
      tmpfs: string,
      'cap-drop': string,
      volume: { ...string, short: 'v' },
      publish: { ...string, short: 'p' },
    },
  })
  const [data = '', mount] = values.volume?.split(':') ?? []
  if (mount !== '/data' || !existsSync(join(folder, `image-${positionals[0]}`))) {
    throw new Error(`run ${args.join(' ')}?`)
  }
  const [port = '0'] = /(?<=^127\.0\.0\.1:)\d+(?=:8080$)/.exec(values.publish ?? '') ?? []
  await start(values.name ?? '', { PORT: port }, volume(data))
}

const [command, ...args] = process.argv.slice(2)
if (command === 'compose') await compose(args)
else if (command === 'run') await run(args)
else if (command === 'logs')
  console.log(readFileSync(containers()[args[0] ?? '']?.log ?? '', 'utf8'))
else if (command === 'exec') inside(args[0] ?? '', args.slice(1))
else if (command === 'build') {
  const options = { tag: { ...string, short: 't' } } as const
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options })
  readFileSync(join(positionals[0] ?? '', 'Dockerfile'))
  writeFileSync(join(folder, `image-${values.tag}`), '')
} else throw new Error(`docker ${command}?`)
