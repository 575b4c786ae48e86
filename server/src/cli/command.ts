import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'

import { passwordLengthMax, passwordLengthMin } from '@doorstep/contract/limits'
import type { Command } from 'commander'

import { type Config, databaseFile, readConfig } from '../config.ts'
import type { AccountKey } from '../domain/accounts.ts'
import { DomainError } from '../domain/errors.ts'
import type { Store } from '../domain/store.ts'
import { openConfigured } from '../runtime/open-store.ts'
import { print } from '../runtime/print.ts'
import { type SettingName, settings, type Flags } from '../settings.ts'
import { requireStoreFile } from '../storage/sqlite/folder.ts'
import { claimDataFolder } from '../storage/sqlite/lock.ts'

/** The command line itself was wrong: exit status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

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

/** Opens the store of the settings, which must exist, and closes it when the work is done. */
export async function withStore<Result>(
  config: Config,
  work: (store: Store) => Promise<Result>,
  { mayCreate = false } = {},
): Promise<Result> {
  await using store = await openConfigured(config, 'writing', { mustExist: !mayCreate })
  return await work(store)
}

const claimMaxMs = 3_000
const claimPollMs = 100

/** The same for a command that must not run beside a server; refuses when one runs. */
export async function withStoreAlone<Result>(
  config: Config,
  work: (store: Store) => Promise<Result>,
): Promise<Result> {
  const isSqlite = config.databaseUrl === undefined
  if (isSqlite) requireStoreFile(databaseFile(config))
  using _folder = isSqlite ? claimDataFolder(config.dataDir) : undefined
  return await withStore(config, async (store) => {
    // NOTE: PostgreSQL notices with a delay that a server was killed.
    for (const deadline = Date.now() + claimMaxMs; !(await store.claim('maintenance'));) {
      if (Date.now() < deadline) await pause(claimPollMs)
      else {
        throw new DomainError(
          'unavailable',
          'A Doorstep server is running on this database. Stop all servers, then run this again.',
        )
      }
    }
    return await work(store)
  })
}

/** The account that a command is about: the one that `--account` names, or the only one. */
export async function chooseAccount(store: Store, wanted: string | undefined): Promise<AccountKey> {
  const accounts = await store.accounts.list()
  if (accounts.length === 0) {
    throw new DomainError('not_found', 'There is no account yet. Run `./doorstep init` first.')
  }
  const chosen = wanted === undefined ? accounts : accounts.filter(isNamed(wanted))
  const [only, ...others] = chosen
  if (only && others.length === 0) return only.key
  const known = accounts.map(({ account }) => `${account.id} (${account.name})`).join(', ')
  throw new UsageError(`say which account with --account ID, one of: ${known}`)
}

/** The options of a command that is about one account of the store. */
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

export const printJson = (value: unknown): void => print(JSON.stringify(value))

/** One thing of a list: for programs as JSON, else its values with tabs between them. */
export function printLine(line: object, { json }: AccountOptions): void {
  if (json) printJson(line)
  else print(Object.values(line).map(String).join('\t'))
}
