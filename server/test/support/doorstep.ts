import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

import { inject, onTestFinished } from 'vitest'

import { environmentOf } from './engine.ts'

/** The command of the checkout: what starts it, and every source as it is. */
export const checkoutCommand = fileURLToPath(new URL('../../bin/doorstep.js', import.meta.url))

/** The same sources bundled, for tests of what a command does once it has started. */
const bundledCommand = inject('bundledCommand')

export interface Ran {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/**
 * Starts the real command line in a process of its own; `onEnd` gets the function that ends it.
 * `program`: that of the checkout, or of another version.
 */
export function spawnDoorstep(
  args: readonly string[],
  dataDir: string,
  env: Readonly<Record<string, string>> = {},
  onEnd: (end: () => void) => void = onTestFinished,
  program = bundledCommand,
): ChildProcess {
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...process.env, ...environmentOf(dataDir), LOG_LEVEL: 'warn', PORT: '0', ...env },
  })
  // NOTE: a command may end before it is given the input that it does not read.
  child.stdin.on('error', () => {})
  onEnd(() => void child.kill('SIGKILL'))
  return child
}

/** Runs a command to its end. */
export async function doorstep(
  args: readonly string[],
  dataDir: string,
  input = '',
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const child = spawnDoorstep(args, dataDir, env)
  const { stdin, stdout, stderr } = child
  if (!stdin || !stdout || !stderr) throw new Error('no pipes')
  stdin.end(input)
  const ended = once(child, 'close')
  const [out, err] = await Promise.all([text(stdout), text(stderr)])
  await ended
  return { status: child.exitCode, stdout: out, stderr: err }
}

export interface Served {
  readonly child: ChildProcess
  readonly url: string
  /** Everything on standard output until the server was ready. */
  readonly output: string
  /** The token that the first start prints. */
  readonly token: string
  /** Everything on standard error, when it has ended. */
  readonly errors: Promise<string>
}

/** Starts `doorstep serve` on a free port and waits until it listens. */
export async function serveDoorstep(
  dataDir: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
  onEnd?: (end: () => void) => void,
  program?: string,
): Promise<Served> {
  const child = spawnDoorstep(['serve', ...args], dataDir, env, onEnd, program)
  const { stdout, stderr } = child
  if (!stdout || !stderr) throw new Error('no pipes')
  const errors = text(stderr)
  const lines: string[] = []
  for await (const line of createInterface({ input: stdout })) {
    lines.push(line)
    const url = /^listening on (https?:\S+)$/.exec(line)?.[1]
    if (!url) continue
    const output = lines.join('\n')
    const token = /^ {2}([0-9a-f]{64})$/m.exec(output)?.[1] ?? ''
    return { child, url, output, token, errors }
  }
  throw new Error(`the server did not start: ${await errors}`)
}

/** Starts `doorstep serve` and adds the team of `doorstep demo`, which is the same on any day. */
export async function serveDemo(dataDir: string): Promise<Served> {
  const served = await serveDoorstep(dataDir)
  const { status, stderr } = await doorstep(['demo'], dataDir)
  if (status !== 0) throw new Error(`no demo team: ${stderr}`)
  return served
}

/** Sends the signal and answers the exit status. */
export async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
  return child.exitCode
}
