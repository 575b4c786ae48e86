import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

import { commandLine, environment } from './doorstep.ts'

/** A peer makes its own store of a million visits first. */
const readyMaxMs = 300_000
const closeMaxMs = 12_000

const serverCore = 0
const clientCore = 1
/** Servers and client get a core each, so that neither slows the other. */
export const isPinned =
  availableParallelism() > 1 && spawnSync('taskset', ['--version']).status === 0

/** Keeps this process to the client's core; what it starts from now on inherits that. */
export function pinClient(): void {
  if (isPinned) spawnSync('taskset', ['-a', '-c', '-p', String(clientCore), String(process.pid)])
}

/** A server process that is measured. */
export class Server implements AsyncDisposable {
  readonly pid: number
  readonly port: number
  readonly #child: ChildProcess

  constructor(child: ChildProcess, port: number) {
    this.#child = child
    this.pid = child.pid ?? 0
    this.port = port
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const exit = once(this.#child, 'exit')
    this.#child.kill('SIGTERM')
    const force = setTimeout(() => this.#child.kill('SIGKILL'), closeMaxMs)
    await exit
    clearTimeout(force)
  }
}

export const startDoorstep = (dataDir: string, nodeOptions: readonly string[]): Promise<Server> =>
  start(onServerCore([...nodeOptions, ...commandLine(['serve'])]), environment(dataDir))

/** Not kept to a core: for what it does in more than one thread. It shares the client's. */
export const startDoorstepOnAllCores = (
  dataDir: string,
  nodeOptions: readonly string[],
  settings: Readonly<Record<string, string>> = {},
): Promise<Server> =>
  start([...onAllCores, ...nodeOptions, ...commandLine(['serve'])], {
    ...environment(dataDir),
    ...settings,
  })

export const startFloor = (): Promise<Server> =>
  start(onServerCore([join(import.meta.dirname, 'floor.ts')]), process.env)

/** A program of bench/peers. */
export const startPeer = (file: string, args: readonly string[]): Promise<Server> =>
  start(onServerCore([join(import.meta.dirname, 'peers', file), ...args]), process.env)

type Command = [program: string, ...rest: string[]]

const cores = `0-${availableParallelism() - 1}`
const onAllCores: Command = isPinned
  ? ['taskset', '-c', cores, process.execPath]
  : [process.execPath]

/** The command that runs Node on the core of the servers. */
export function onServerCore(nodeArguments: readonly string[]): Command {
  const taskset: Command = ['taskset', '-c', String(serverCore), process.execPath]
  return isPinned ? [...taskset, ...nodeArguments] : [process.execPath, ...nodeArguments]
}

async function start([program, ...rest]: Command, env: NodeJS.ProcessEnv): Promise<Server> {
  const child = spawn(program, rest, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  // NOTE: a bench that is stopped half-way must not leave servers behind.
  const kill = () => void child.kill('SIGKILL')
  process.once('exit', kill)
  child.once('exit', () => process.off('exit', kill))
  return new Server(child, await portOf(child))
}

async function portOf(child: ChildProcess): Promise<number> {
  if (!child.stdout) throw new Error('a server without an output')
  const late = setTimeout(() => child.kill('SIGKILL'), readyMaxMs)
  try {
    for await (const line of createInterface(child.stdout)) {
      const port = /^listening on http:\/\/\S+:(\d+)$/.exec(line)?.[1]
      if (port !== undefined) return Number(port)
    }
  } finally {
    clearTimeout(late)
    child.stdout.resume()
  }
  throw new Error('a server ended before it was ready; what it said is above')
}
