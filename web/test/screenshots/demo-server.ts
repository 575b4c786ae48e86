import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'

const script = join(import.meta.dirname, '../../../server/bin/doorstep.js')

/** A server of its own with the demo team, in an empty folder, and the links that sign in once. */
export async function startDemo(more: Readonly<Record<string, string>> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'doorstep-screenshots-'))
  const env = {
    ...process.env,
    DATA_DIR: folder,
    DATABASE_URL: '',
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: 'error',
    ...more,
  }
  const child = spawn(process.execPath, [script, 'serve', '--demo'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const links = new Map<string, string>()
  let url = ''
  for await (const line of createInterface(child.stdout)) {
    const [, who, link] = /^\s*as (?:the|a) (\w+):\s+(\S+)/.exec(line) ?? []
    if (who !== undefined && link !== undefined) links.set(who, link)
    url = /^listening on (\S+)/.exec(line)?.[1] ?? ''
    if (url !== '') break
  }
  child.stdout.resume()
  const run = async (...command: string[]) =>
    (await promisify(execFile)(process.execPath, [script, ...command], { env })).stdout
  const codeOf = (text: string) => /#code=\S+/.exec(text)?.[0] ?? ''
  return {
    url,
    /** The page with the one-time code. */
    link: (role: string) => `${url}/sign-in${codeOf(links.get(role) ?? '')}`,
    tokenOf: async (email: string) => {
      const printed = await run(
        'token',
        'create',
        '--user',
        email,
        '--description',
        'Nightly export',
      )
      return /\b[0-9a-f]{64}\b/.exec(printed)?.[0] ?? ''
    },
    setupLink: async () => `${url}/setup${codeOf(await run('setup-link'))}`,
    async [Symbol.asyncDispose](): Promise<void> {
      const exit = once(child, 'exit')
      child.kill('SIGTERM')
      await exit
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export type DemoServer = Awaited<ReturnType<typeof startDemo>>
