import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

import { onTestFinished } from 'vitest'

import { shellBlocksOf } from '../../../scripts/unrun-commands.ts'
import { machineEnv } from './registry.ts'

/** The folder of the repository. */
export const root = fileURLToPath(new URL('../../..', import.meta.url))

/** All blocks of commands of a page, in its order. */
export const everyPrintedCommand = (page: string): string[] =>
  shellBlocksOf(readFileSync(join(root, page), 'utf8')).map(({ commands }) => commands)

/** The one block of a page that holds this text. */
export function printedCommands(page: string, holding: string): string {
  const blocks = everyPrintedCommand(page).filter((commands) => commands.includes(holding))
  const [commands] = blocks
  if (commands === undefined || blocks.length > 1) {
    throw new Error(`${page} has ${blocks.length} blocks with ${holding}`)
  }
  return commands
}

/** What a page cannot know, as it prints it, and what is there. Each must be in the commands. */
export type Places = Readonly<Record<string, string>>

/** The commands for this machine. */
export function inPlace(commands: string, places: Places): string {
  return Object.entries(places).reduce((rest, [printed, here]) => {
    if (!rest.includes(printed)) throw new Error(`the page does not print ${printed}`)
    return rest.replaceAll(printed, () => here)
  }, commands)
}

export interface Surroundings {
  /** Default: the folder of the repository. */
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  /** Folders of programs that come before all others. */
  readonly programs?: readonly string[]
  readonly input?: string
}

export interface Printed {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** In a shell that ends with the first command that fails, in a group of its own. */
function spawnShell(commands: string, { cwd = root, env, programs = [] }: Surroundings) {
  const { DATABASE_URL: _url, DATA_DIR: _folder, ...outside } = machineEnv()
  const path = [...programs, dirname(process.execPath), outside['PATH']].join(delimiter)
  const child = spawn('sh', ['-eu', '-c', commands], {
    cwd,
    env: { ...outside, LOG_LEVEL: 'warn', PORT: '0', ...env, PATH: path },
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  // NOTE: commands may end before they are given the input that they do not read.
  child.stdin.on('error', () => {})
  onTestFinished(() => endGroup(child, 'SIGKILL'))
  return child
}

function endGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal)
  } catch {
    // It has ended.
  }
}

/** Runs commands of a page to their end; an error if one fails. */
export async function runPrinted(commands: string, around: Surroundings = {}): Promise<Printed> {
  const ran = await tryPrinted(commands, around)
  if (ran.status !== 0) {
    throw new Error(`${commands}\nends with ${ran.status}:\n${ran.stdout}${ran.stderr}`)
  }
  return ran
}

/** Runs commands of a page to their end, whatever it is. */
export const tryPrinted = (commands: string, around: Surroundings = {}): Promise<Printed> =>
  beginPrinted(commands, around).ended

/** Commands that do not end by themselves. */
export interface Begun {
  readonly ended: Promise<Printed>
  /** As Ctrl-C in a terminal, which signals all processes. */
  interrupt(): void
}

/** Begins commands of a page. */
export function beginPrinted(commands: string, around: Surroundings = {}): Begun {
  const child = spawnShell(commands, around)
  child.stdin.end(around.input ?? '')
  const closed = once(child, 'close')
  const ended = Promise.all([text(child.stdout), text(child.stderr), closed]).then(
    ([stdout, stderr]) => ({ status: child.exitCode, stdout, stderr }),
  )
  return { ended, interrupt: () => endGroup(child, 'SIGINT') }
}

export interface PrintedServer {
  readonly url: string
  /** All of standard output until it listened. */
  readonly output: string
  /** The token of a first start. */
  readonly token: string
  /** As Ctrl-C in a terminal, which signals all processes. */
  stop(): Promise<void>
}

/** Runs commands of a page of which the last is a server; resolves once that listens. */
export async function servePrinted(
  commands: string,
  around: Surroundings = {},
): Promise<PrintedServer> {
  const child = spawnShell(commands, around)
  child.stdin.end()
  const ended = once(child, 'exit')
  const errors = text(child.stderr)
  const lines: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line)
    const url = /^listening on (https?:\S+)$/.exec(line)?.[1]
    if (url === undefined) continue
    child.stdout.resume()
    const output = lines.join('\n')
    const token = /^ {2}([0-9a-f]{64})$/m.exec(output)?.[1] ?? ''
    const stop = async () => {
      endGroup(child, 'SIGINT')
      await ended
    }
    return { url, output, token, stop }
  }
  throw new Error(`${commands}\ndoes not serve:\n${lines.join('\n')}\n${await errors}`)
}

/** A folder of programs that stand in for others: shell scripts by name. */
export function standIns(folder: string, scripts: Readonly<Record<string, string>>): string {
  mkdirSync(folder, { recursive: true })
  for (const [name, script] of Object.entries(scripts)) {
    writeFileSync(join(folder, name), `#!/bin/sh\nset -eu\n${script}\n`, { mode: 0o755 })
  }
  return folder
}

/**
 * A folder in which `./doorstep` and `npm start` do what they do in a checkout, with the `data` of the
 * folder itself.
 */
export function newCheckout(folder: string): string {
  const program = join(root, 'server/bin/doorstep.js')
  const command =
    `export DATA_DIR="\${DATA_DIR:-${folder}/data}"\n` +
    `exec '${process.execPath}' '${program}' "$@"`
  standIns(folder, { doorstep: command })
  const scripts = { start: 'exec ./doorstep serve' }
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, scripts }))
  return folder
}

/** A setting of curl that makes an answer of 4xx or 5xx a failure; for the environment. */
export function strictCurl(folder: string): { readonly CURL_HOME: string } {
  writeFileSync(join(folder, '.curlrc'), 'fail-with-body\nsilent\nshow-error\n')
  return { CURL_HOME: folder }
}
