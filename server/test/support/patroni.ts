import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chownSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

import { type DatabaseProxy, startProxy } from './database-proxy.ts'
import { debianBinaries, freePort, type Identity, nobody } from './postgres-server.ts'
import { hasProgram } from './programs.ts'

const user = 'doorstep'
const password = 'geheim'
const startMaxMs = 110_000
const tested = 'a primary that fails and is replaced'

/** Whether Debian's Patroni, etcd and PostgreSQL are here; prints what is not tested otherwise. */
export function hasPatroni(): boolean {
  if (!['patroni', 'etcd'].every((program) => hasProgram(program, tested))) return false
  if (debianBinaries() === undefined)
    console.log(`NOT RUN: ${tested}, without Debian's PostgreSQL.`)
  return debianBinaries() !== undefined
}

/** One machine of the cluster: a Patroni and its PostgreSQL. */
export interface ClusterNode {
  readonly name: string
  /** Its PostgreSQL alone. */
  readonly url: string
  /** Starts its Patroni, which starts its PostgreSQL. */
  start(): void
  /** As by a power cut: none of its processes gets to do anything more. */
  kill(): Promise<void>
  /** As a virtual machine that its host does not run for a while. */
  pause(): void
  resume(): void
  /**
   * Nothing reaches it from the other machine or from etcd, and nothing of it arrives there. The
   * servers of Doorstep, which are on its side, still reach it.
   */
  cutOff(): void
  reconnect(): void
  /** Whether it is primary by its own account. */
  isPrimary(): Promise<boolean>
  /** Whether it is a standby that follows the primary; with synchronous replication, one waited for. */
  isFollowing(isSynchronous: boolean): Promise<boolean>
}

/** Two machines with PostgreSQL under Patroni, and an etcd: processes on free ports. */
export interface Cluster extends AsyncDisposable {
  readonly nodes: readonly [ClusterNode, ClusterNode]
  /** Names both machines. */
  readonly url: string
  /** Changes what Patroni has in etcd. */
  configure(change: object): Promise<void>
}

/** Starts the cluster; its first node is the primary, with synchronous replication to the second. */
export async function startCluster(): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'doorstep-patroni-'))
  const identity: Identity = process.getuid?.() === 0 ? nobody() : {}
  if (identity.uid !== undefined) chownSync(folder, identity.uid, identity.gid ?? -1)
  const run: Run = (name, command, args) => {
    const log = openSync(join(folder, `${name}.log`), 'a')
    const env = { ...process.env, HOME: folder }
    return spawn(command, args, { ...identity, cwd: folder, env, stdio: ['ignore', log, log] })
  }
  const etcdPort = await freePort()
  const etcd = startEtcd(run, folder, etcdPort, await freePort())
  const setUps = await Promise.all(['one', 'two'].map((name) => setUp(folder, name, etcdPort)))
  const nodes = setUps.map((each) => newNode(each, run))
  const [one, two] = nodes
  if (!one || !two) throw new Error('no nodes')
  const end = () => {
    for (const node of nodes) node.end()
    etcd.kill('SIGKILL')
  }
  process.once('exit', end)
  try {
    await until(() => isAnswered(`http://127.0.0.1:${etcdPort}/health`))
    one.start()
    await until(() => one.isPrimary())
    two.start()
    await until(() => two.isFollowing(true))
  } catch (error) {
    end()
    throw new Error(`the cluster does not start, see ${folder}`, { cause: error })
  }
  const ports = setUps.map(({ port }) => port)
  return {
    nodes: [one, two],
    url: `${urlOf(ports)}?target_session_attrs=read-write`,
    async configure(change) {
      const [{ apiPort } = { apiPort: 0 }] = setUps
      const body = JSON.stringify(change)
      const response = await fetch(`http://127.0.0.1:${apiPort}/config`, { method: 'PATCH', body })
      if (!response.ok) throw new Error(`Patroni refuses ${body}: ${await response.text()}`)
    },
    async [Symbol.asyncDispose]() {
      end()
      process.off('exit', end)
      const proxies = setUps.flatMap((each) => each.proxies)
      await Promise.all(proxies.map((proxy) => proxy[Symbol.asyncDispose]()))
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

const urlOf = (ports: readonly number[]): string =>
  `postgres://${user}:${password}@${ports.map((port) => `127.0.0.1:${port}`).join()}/postgres`

type Run = (name: string, command: string, args: readonly string[]) => ChildProcess

function startEtcd(run: Run, folder: string, port: number, peerPort: number): ChildProcess {
  const [url, peerUrl] = [port, peerPort].map((each) => `http://127.0.0.1:${each}`)
  return run('etcd', 'etcd', [
    `--data-dir=${join(folder, 'etcd')}`,
    `--listen-client-urls=${url}`,
    `--advertise-client-urls=${url}`,
    `--listen-peer-urls=${peerUrl}`,
    `--initial-advertise-peer-urls=${peerUrl}`,
    `--initial-cluster=default=${peerUrl}`,
    '--unsafe-no-fsync',
  ])
}

interface SetUp {
  readonly name: string
  readonly file: string
  readonly data: string
  readonly port: number
  readonly apiPort: number
  /** All that it shares with others but the servers of Doorstep. */
  readonly proxies: readonly DatabaseProxy[]
}

/** Writes a Patroni's file of settings. */
async function setUp(folder: string, name: string, etcdPort: number): Promise<SetUp> {
  const [port, apiPort] = [await freePort(), await freePort()]
  const data = join(folder, name)
  const proxies = await Promise.all(
    [port, apiPort, etcdPort].map((each) => startProxy(`http://127.0.0.1:${each}`)),
  )
  const [own = '', ownApi = '', etcd = ''] = proxies.map(({ url }) => new URL(url).host)
  const login = { username: user, password }
  const settings = {
    scope: 'doorstep',
    name,
    restapi: { listen: `127.0.0.1:${apiPort}`, connect_address: ownApi },
    // NOTE: not what etcd advertises, which would lead past the proxy.
    etcd3: { host: etcd, use_proxies: true },
    bootstrap: {
      dcs: {
        ttl: 8,
        loop_wait: 1,
        retry_timeout: 3,
        synchronous_mode: true,
        primary_start_timeout: 0,
        master_start_timeout: 0,
      },
      initdb: [{ encoding: 'UTF8' }, { locale: 'C' }, 'no-sync'],
      pg_hba: [
        'host all all 127.0.0.1/32 scram-sha-256',
        'host replication all 127.0.0.1/32 scram-sha-256',
      ],
    },
    postgresql: {
      listen: `127.0.0.1:${port}`,
      connect_address: own,
      data_dir: data,
      bin_dir: debianBinaries(),
      pgpass: join(folder, `${name}.pgpass`),
      authentication: { superuser: login, replication: login, rewind: login },
      basebackup: [{ checkpoint: 'fast' }],
      remove_data_directory_on_diverged_timelines: true,
      remove_data_directory_on_rewind_failure: true,
      parameters: {
        wal_sender_timeout: '5s',
        unix_socket_directories: folder,
        max_connections: 200,
        shared_buffers: '64MB',
      },
    },
  }
  const file = join(folder, `${name}.yml`)
  writeFileSync(file, JSON.stringify(settings))
  return { name, file, data, port, apiPort, proxies }
}

function newNode(
  { name, file, data, port, apiPort, proxies }: SetUp,
  run: Run,
): ClusterNode & { end(): void } {
  let patroni: ChildProcess | undefined
  const signal = (name: NodeJS.Signals) => {
    const parents = [patroni?.pid, postmasterOf(data)].filter((pid) => pid !== undefined)
    // NOTE: a parent that runs starts others, and one that has ended has none.
    for (const pid of parents) send(pid, 'SIGSTOP')
    for (const pid of [...childrenOf(parents), ...parents]) send(pid, name)
  }
  const answers = (path: string) => isAnswered(`http://127.0.0.1:${apiPort}/${path}`)
  return {
    name,
    url: urlOf([port]),
    start: () => void (patroni = run(name, 'patroni', [file])),
    async kill() {
      const ended = patroni && once(patroni, 'exit')
      signal('SIGKILL')
      await ended
    },
    pause: () => signal('SIGSTOP'),
    resume: () => signal('SIGCONT'),
    cutOff() {
      for (const proxy of proxies) proxy.swallow({ andNew: true })
    },
    reconnect() {
      for (const proxy of proxies) {
        proxy.letThrough()
        proxy.cut()
      }
    },
    isPrimary: () => answers('primary'),
    isFollowing: (isSynchronous) => answers(isSynchronous ? 'sync' : 'replica?lag=0'),
    end: () => signal('SIGKILL'),
  }
}

function send(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // It has ended.
  }
}

function postmasterOf(data: string): number | undefined {
  try {
    return Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0])
  } catch {
    return undefined
  }
}

function childrenOf(parents: readonly number[]): number[] {
  const pids = readdirSync('/proc').map(Number).filter(Number.isSafeInteger)
  return pids.filter((pid) => parents.includes(parentOf(pid)))
}

function parentOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return Number.NaN
  }
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + startMaxMs; !(await isSo()); await pause(50)) {
    if (Date.now() > deadline) throw new Error('it takes too long')
  }
}

async function isAnswered(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(5_000) }).then(
    (response) => response.text().then(() => response.ok),
    () => false,
  )
}
