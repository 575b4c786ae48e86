import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

import { type Memory, MemoryWatch } from './processes.ts'

const script = fileURLToPath(new URL('../server/bin/doorstep.js', import.meta.url))
const sampleMs = 100

/** Arguments of Node that run a command of the real command line. */
export const commandLine = (command: readonly string[]): string[] => [script, ...command]

/**
 * The settings of a measured store, by its folder or by the address of its database; what the
 * caller's own environment says does not count.
 */
export const environment = (store: string): NodeJS.ProcessEnv => ({
  ...process.env,
  DATA_DIR: isDatabase(store) ? '' : store,
  DATABASE_URL: isDatabase(store) ? store : '',
  HOST: '127.0.0.1',
  PORT: '0',
  RATE_LIMIT_PER_HOUR: '0',
  LOG_LEVEL: 'error',
  // NOTE: as long as it may be, or an older store would lose the stream that is to be read.
  RETENTION_HOURS: '87000',
  TRUSTED_PROXIES: '',
})

const isDatabase = (store: string): boolean => store.startsWith('postgres://')

export interface CommandResult {
  readonly stdout: string
  readonly seconds: number
  readonly memory: Memory
}

/** Runs one command to its end in a process of its own; throws when it fails. */
export async function doorstep(
  dataDir: string,
  command: readonly string[],
  input = '',
): Promise<CommandResult> {
  const startMs = performance.now()
  const child = spawn(process.execPath, commandLine(command), {
    env: environment(dataDir),
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  using watch = new MemoryWatch(child.pid ?? 0, sampleMs)
  child.stdin.end(input)
  const [stdout, status] = await Promise.all([text(child.stdout), exitOf(child)])
  const seconds = (performance.now() - startMs) / 1000
  if (status !== 0) throw new Error(`doorstep ${command.join(' ')} ended with status ${status}`)
  return { stdout, seconds, memory: watch.highest }
}

async function exitOf(child: ChildProcess): Promise<unknown> {
  const [status] = await once(child, 'exit')
  return status
}
