// Stands in for `systemctl`, `journalctl` and `sudo` on a machine that is a folder, ROOT_STAND_IN: takes
// the options of the documents and no others, and starts what a unit says, as its user.
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'

const root = process.env['ROOT_STAND_IN'] ?? ''
const { PATH = '', HOME = '' } = process.env

/** The user of this machine's /etc/passwd, where this process may become that. */
function identityOf(name: string): { uid?: number; gid?: number } {
  const lines = readFileSync(join(root, 'etc/passwd'), 'utf8').split('\n')
  const [, , uid, gid] = lines.find((line) => line.startsWith(`${name}:`))?.split(':') ?? []
  if (uid === undefined || gid === undefined) throw new Error(`there is no user ${name}`)
  return process.getuid?.() === 0 ? { uid: Number(uid), gid: Number(gid) } : {}
}

const runFile = (name: string, ending: string): string => join(root, 'run', `${name}.${ending}`)

/** Paths of a real machine in this one. */
const here = (text: string): string =>
  text.replaceAll(/(?<![\w/.])\/(opt|etc|var\/lib)\/doorstep/g, `${root}/$1/doorstep`)

type Unit = (key: string) => string[]

function readUnit(name: string): Unit {
  const text = readFileSync(join(root, 'etc/systemd/system', `${name}.service`), 'utf8')
  return (key) =>
    [...text.matchAll(new RegExp(`^${key}=(.*)$`, 'gm'))].map(([, value = '']) => here(value))
}

const pairsOf = (lines: readonly string[]): Record<string, string> =>
  Object.fromEntries(lines.filter((line) => line.includes('=')).map((line) => line.split(/=(.*)/s)))

async function start(name: string): Promise<void> {
  const unit = readUnit(name)
  const identity = identityOf(unit('User')[0] ?? '')
  const give = (path: string) => {
    if (identity.uid !== undefined) chownSync(path, identity.uid, identity.gid ?? -1)
    return path
  }
  for (const folder of unit('StateDirectory')) {
    const path = join(root, 'var/lib', folder)
    mkdirSync(path, { recursive: true })
    chmodSync(give(path), Number.parseInt(unit('StateDirectoryMode')[0] ?? '755', 8))
  }
  const credentials = join(root, 'run', `${name}.credentials`)
  mkdirSync(credentials, { recursive: true })
  for (const credential of unit('LoadCredential')) {
    const [id = '', path = ''] = credential.split(':')
    copyFileSync(path, join(credentials, id))
    give(join(credentials, id))
  }
  const file = (unit('EnvironmentFile')[0] ?? '').replace(/^-/, '')
  const env = {
    PATH: '/usr/bin:/bin',
    CREDENTIALS_DIRECTORY: credentials,
    ...pairsOf(unit('Environment')),
    ...(existsSync(file) && pairsOf(readFileSync(file, 'utf8').split('\n'))),
  }
  const log = openSync(runFile(name, 'log'), 'w')
  const child = spawn('sh', ['-c', `exec ${unit('ExecStart')[0]}`], {
    ...identity,
    cwd: unit('WorkingDirectory')[0],
    env,
    detached: true,
    stdio: ['ignore', log, log],
  })
  child.unref()
  writeFileSync(runFile(name, 'pid'), String(child.pid))
}

async function stop(name: string): Promise<void> {
  const pid = Number(readFileSync(runFile(name, 'pid'), 'utf8'))
  try {
    for (process.kill(pid, 'SIGTERM'); ; await pause(50)) process.kill(pid, 0)
  } catch {
    // It has ended.
  }
}

async function systemctl(args: string[]): Promise<void> {
  const [command, ...rest] = args
  const options = { now: { type: 'boolean' } } as const
  if (command === 'daemon-reload' && rest.length === 0) return
  if (command === 'enable') {
    const { values, positionals } = parseArgs({ args: rest, options, allowPositionals: true })
    const hasReal = existsSync('/usr/bin/systemctl')
    if (hasReal) execFileSync('/usr/bin/systemctl', [`--root=${root}`, 'enable', ...positionals])
    if (values.now) for (const name of positionals) await start(name)
    return
  }
  const { positionals } = parseArgs({ args: rest, allowPositionals: true })
  const act = { start, stop }[command ?? '']
  if (!act) throw new Error(`systemctl ${command}?`)
  for (const name of positionals) await act(name)
}

async function journalctl(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { unit: { type: 'string', short: 'u' } } })
  const text = () => readFileSync(runFile(values.unit ?? '', 'log'), 'utf8')
  // A unit that was just started writes a moment later.
  while (!text().includes('listening on ')) await pause(50)
  console.log(text())
}

function sudo(args: string[]): never {
  const at = args[0] === '-u' ? 2 : 0
  const isPair = (each: string) => /^\w+=/.test(each)
  const rest = args.slice(at)
  const pairs = rest.slice(
    0,
    rest.findIndex((each) => !isPair(each)),
  )
  const [program = '', ...own] = rest.slice(pairs.length)
  const env = { PATH, HOME, ...pairsOf(pairs) }
  const { status } = spawnSync(program, own, {
    ...(at > 0 && identityOf(args[1] ?? '')),
    env,
    stdio: 'inherit',
  })
  process.exit(status ?? 1)
}

const [name, ...args] = process.argv.slice(2)
if (name === 'systemctl') await systemctl(args)
else if (name === 'journalctl') await journalctl(args)
else if (name === 'sudo') sudo(args)
else throw new Error(`${name}?`)
