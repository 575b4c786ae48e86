import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'

import type { Command } from 'commander'

import {
  type Config,
  databaseFile,
  type Flags,
  readConfig,
  type SettingName,
  settings,
} from '../config.ts'
import type { AccountKey } from '../domain/accounts.ts'
import type { OnPoint } from '../domain/crash-points.ts'
import { DomainError } from '../domain/errors.ts'
import { passwordLengthMax, passwordLengthMin } from '../domain/passwords.ts'
import type { Store } from '../domain/store.ts'
import { openStore, type StoreOptions } from '../storage/open.ts'

/** The command line itself was wrong: exit status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

const manifest: { version: string } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
)
export const version = manifest.version

const eventIdBytes = 16
const pool = { bytes: randomBytes(0), used: 0 }

/** 16 random bytes as base64url: 22 characters (PROTOCOL 5.3). */
export function newEventId(): string {
  // NOTE: asking for random bytes one event at a time took 3 % of an import.
  if (pool.used >= pool.bytes.length) {
    pool.bytes = randomBytes(256 * eventIdBytes)
    pool.used = 0
  }
  pool.used += eventIdBytes
  return pool.bytes.toString('base64url', pool.used - eventIdBytes, pool.used)
}

/** 64 random hex characters. */
export const newSecret = (): string => randomBytes(32).toString('hex')

const optionName = (name: SettingName): string =>
  name.toLowerCase().replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase())

/** Adds the settings as flags, which win over the environment. */
export function addSettings(command: Command, names: readonly SettingName[]): Command {
  for (const name of names) {
    const { flag, help, byDefault } = settings[name]
    command.option(flag, `${help} (${name}${byDefault === '' ? '' : `, default ${byDefault}`})`)
  }
  return command
}

export const storeSettings = ['DATA_DIR', 'DATABASE_URL', 'LOG_LEVEL'] as const

/** The settings as the command's flags and the environment give them. */
export function configOf(options: Readonly<Record<string, unknown>>): Config {
  const flags: Record<string, string> = {}
  for (const name of Object.keys(settings) as SettingName[]) {
    const value = options[optionName(name)]
    if (typeof value === 'string') flags[name] = value
  }
  return readConfig(flags satisfies Flags)
}

/** Opens the store of the settings, and closes it when the work is done. */
export async function withStore<Result>(
  config: Config,
  work: (store: Store) => Promise<Result>,
): Promise<Result> {
  await using store = await openConfigured(config, 'writing')
  return await work(store)
}

/** The exit status after which a server is not to be started again: its disk has failed. */
export const diskFailed = 74
/** The exit status of a worker that did not start since the database is away: later it may. */
export const databaseAway = 75

export async function openConfigured(
  config: Config,
  mainly: StoreOptions['mainly'],
  onPoint?: OnPoint,
): Promise<Store> {
  if (config.databaseUrl !== undefined) {
    // NOTE: loaded here, since it takes a while that a store in a file need not wait for.
    const { openPostgresStore } = await import('../storage/open-postgres.ts')
    const replicaUrls = mainly === 'reading' ? config.databaseReplicaUrls : []
    const { databaseUrl: url, replicaLagMs } = config
    const options = {
      url,
      mainly: mainly === 'writing' ? ('writing' as const) : ('reading' as const),
      replicaUrls,
      replicaLagMs,
      clock: Date.now,
      onPoint,
    }
    const store = await openPostgresStore(options)
    try {
      // NOTE: before any command or request writes, since room beside events takes looking at each.
      await store.events.makeRoom(Date.now(), config.retentionMs)
      return store
    } catch (error) {
      await store[Symbol.asyncDispose]()
      throw error
    }
  }
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 })
  return openStore({
    file: databaseFile(config),
    clock: Date.now,
    mainly,
    onPoint,
    onDiskError: (error) => {
      process.stderr.write(`doorstep: the disk has failed: ${error.message}; stopping at once\n`)
      process.exit(diskFailed)
    },
  })
}

/** The account that a command is about: the one that `--account` names, or the only one. */
export async function chooseAccount(store: Store, wanted: string | undefined): Promise<AccountKey> {
  const accounts = await store.accounts.list()
  if (accounts.length === 0) {
    throw new DomainError('not_found', 'There is no account yet. Run `doorstep init` first.')
  }
  const chosen = wanted === undefined ? accounts : accounts.filter(isNamed(wanted))
  const [only, ...others] = chosen
  if (only && others.length === 0) return only.key
  const known = accounts.map(({ account }) => `${account.id} (${account.name})`).join(', ')
  throw new UsageError(`say which account with --account ID, one of: ${known}`)
}

/** What a command is told that is about one account of the store. */
export interface AccountOptions {
  readonly account?: string
  readonly json?: boolean
}

/** Makes a command one about an account: its last step before its action. */
export const addAccountOptions = (command: Command): Command =>
  addSettings(command.option(...accountOption), storeSettings)

export const jsonLinesOption = ['--json', 'one JSON object per line'] as const

/** Opens the store, finds the account that is meant, and closes the store when the work is done. */
export const withAccount = <Result>(
  options: AccountOptions,
  work: (store: Store, account: AccountKey) => Promise<Result>,
): Promise<Result> =>
  withStore(configOf({ ...options }), async (store) =>
    work(store, await chooseAccount(store, options.account)),
  )

const isNamed =
  (wanted: string) =>
  ({ account }: { account: { id: number; name: string } }): boolean =>
    String(account.id) === wanted || account.name === wanted

export const accountOption = ['--account <id>', 'which account, when there are several'] as const

/** The password on standard input, without the line's end. */
export async function readPassword(): Promise<string> {
  const password = (await text(process.stdin)).replace(/\r?\n$/, '')
  if (password.length < passwordLengthMin || password.length > passwordLengthMax) {
    const span = `${passwordLengthMin} to ${passwordLengthMax}`
    throw new UsageError(`the password on standard input must be ${span} characters long`)
  }
  return password
}

export const print = (line: string): void => void process.stdout.write(`${line}\n`)
export const printJson = (value: unknown): void => print(JSON.stringify(value))

/** One thing of a list: for programs as JSON, else its values with tabs between them. */
export function printLine(line: object, { json }: AccountOptions): void {
  if (json) printJson(line)
  else print(Object.values(line).map(String).join('\t'))
}
