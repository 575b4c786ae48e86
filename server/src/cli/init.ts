import type { Command } from 'commander'

import { DomainError } from '../domain/errors.ts'
import type { Store } from '../domain/store.ts'
import { isEmail } from '../domain/users.ts'
import { listAccounts, createAccount } from '../runtime/first-account.ts'
import { print } from '../runtime/print.ts'
import {
  addSettings,
  configOf,
  printJson,
  readPassword,
  storeSettings,
  UsageError,
  withStore,
} from './command.ts'

interface InitOptions {
  readonly account: string
  readonly email: string
  readonly passwordStdin?: boolean
  readonly anotherAccount?: boolean
  readonly json?: boolean
}

export function addInitCommand(program: Command): void {
  const command = program
    .command('init')
    .description('make an account and its first admin')
    .requiredOption('--account <name>', 'name of the account')
    .requiredOption('--email <email>', 'e-mail of the admin')
    .option('--password-stdin', 'read the admin’s password from standard input')
    .option('--another-account', 'add an account to a store that has one already')
    .option('--json', 'answer as JSON')
  const known = [...storeSettings, 'FIRST_LOCAL_ID'] as const
  addSettings(command, known).action(async (options: InitOptions) => {
    if (!isEmail(options.email)) throw new UsageError(`no e-mail address: ${options.email}`)
    if (options.account.trim() === '') throw new UsageError('--account must not be empty')
    const password = options.passwordStdin ? await readPassword() : undefined
    const config = configOf({ ...options })
    const work = async (store: Store) => {
      const { account, email } = options
      if (!options.anotherAccount) await requireNoAccount(store)
      const made = await createAccount(store, account, email, password, config.firstLocalId)
      if (options.json) return printJson({ account_id: made.accountId, user_id: made.userId })
      print(`Account ${made.accountId} (${options.account}) with admin ${options.email} is ready.`)
      print(`Next: ./doorstep token create --user ${options.email}`)
    }
    await withStore(config, work, { mayCreate: true })
  })
}

async function requireNoAccount(store: Store): Promise<void> {
  const names = (await listAccounts(store)).map(({ account }) => account.name)
  if (names.length === 0) return
  throw new DomainError(
    'conflict',
    `This store has an account already: ${names.join(', ')}. To add another one, run the same ` +
      'command with --another-account.',
  )
}
