import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, createReadStream, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

import { everyPrintedCommand } from '../../../server/test/support/documents.ts'
import { machineEnv } from '../../../server/test/support/registry.ts'

/** The folder of the repository. */
export const root = fileURLToPath(new URL('../../..', import.meta.url))

/** With the Node of this test, and none of the settings of the one who runs it. */
export const packedEnv = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => {
  const { DATA_DIR: _, DATABASE_URL: _url, ...env } = machineEnv()
  const path = [dirname(process.execPath), env['PATH']].join(delimiter)
  return { ...env, PATH: path, LOG_LEVEL: 'warn', PORT: '0', ...more }
}

export interface Ran {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs a program to its end. */
export async function run(program: string, args: readonly string[], cwd: string): Promise<Ran> {
  const ran = promisify(execFile)(program, args, { cwd, env: packedEnv(), maxBuffer: 2 ** 26 })
  return ran.then(
    (output) => ({ status: 0, ...output }),
    ({ code, stdout, stderr }) => ({ status: code, stdout, stderr }),
  )
}

const printed = everyPrintedCommand('docs/packages.md').join('')

export interface Installed {
  /** An empty folder in which both packages are installed. */
  readonly folder: string
  /** The files that `npm run build` made. */
  readonly files: readonly string[]
}

/**
 * Builds the packages and installs them by the commands of docs/packages.md, from their files alone.
 * `onEnd` gets the function that removes all that.
 */
export async function installPackages(onEnd: (end: () => void) => void): Promise<Installed> {
  const base = mkdtempSync(join(tmpdir(), 'doorstep packages '))
  onEnd(() => rmSync(base, { recursive: true, force: true }))
  const [built, folder] = [join(base, 'built'), join(base, 'installed')]
  mkdirSync(folder)
  const done = async (ran: Promise<Ran>): Promise<void> => {
    const { status, stdout, stderr } = await ran
    if (status !== 0) throw new Error(stdout + stderr)
  }
  await done(run('npm', ['run', 'build', '--', built], root))
  const files = readdirSync(built).filter((name) => name.endsWith('.tgz'))
  for (const name of files) cpSync(join(built, name), join(folder, name))
  for (const command of printed.match(/^npm install .*$/gm) ?? []) {
    await done(run('sh', ['-ec', command], folder))
  }
  return { folder, files: files.map((name) => join(built, name)) }
}

export interface PackedServer extends AsyncDisposable {
  readonly url: string
  /** Everything on standard output until it listens. */
  readonly output: string
  /** Sends SIGTERM and answers how it ended, and what was on standard error. */
  stop(): Promise<{ readonly status: number | null; readonly errors: string }>
}

/** Starts the installed server in the folder of the installation, as docs/packages.md does. */
export async function startPacked(folder: string, env: NodeJS.ProcessEnv): Promise<PackedServer> {
  const serve = /^node_modules\S* serve$/m.exec(printed)?.[0] ?? 'false'
  const child = spawn('sh', ['-c', `exec ${serve}`], {
    cwd: folder,
    env: packedEnv(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'exit')
  const errors = text(child.stderr)
  const { url, output } = await untilListening(child, errors)
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
    return { status: child.exitCode, errors: await errors }
  }
  return {
    url,
    output,
    stop,
    async [Symbol.asyncDispose]() {
      await stop()
    },
  }
}

async function untilListening(
  { stdout }: ChildProcess,
  errors: Promise<string>,
): Promise<{ url: string; output: string }> {
  if (!stdout) throw new Error('no pipe')
  const lines: string[] = []
  for await (const line of createInterface({ input: stdout })) {
    lines.push(line)
    const url = /^listening on (http:\S+)$/.exec(line)?.[1]
    if (url !== undefined) return { url, output: lines.join('\n') }
  }
  throw new Error(`the server did not start: ${await errors}`)
}

const html = `<!doctype html><title>A page</title><script type="module">
import { createClient } from './client.js'
globalThis.createClient = createClient
</script>`

/** A page of another origin, beside which the files of the SDK are. */
export async function servePage(sdk: string): Promise<AsyncDisposable & { readonly url: string }> {
  const server = createServer((request, response) => {
    const name = /^\/([\w-]+\.js)$/.exec(request.url ?? '')?.[1]
    response.setHeader('Content-Type', name === undefined ? 'text/html' : 'text/javascript')
    if (name === undefined) response.end(html)
    else createReadStream(join(sdk, name)).pipe(response)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const bound = server.address()
  if (typeof bound !== 'object' || bound === null) throw new Error('no port')
  return {
    url: `http://127.0.0.1:${bound.port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
    },
  }
}
