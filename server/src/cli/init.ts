import type { Command } from 'commander'

import { isEmail } from '../domain/users.ts'
import { makeAccount } from '../runtime/first-account.ts'
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
  readonly json?: boolean
}

export function addInitCommand(program: Command): void {
  const command = program
    .command('init')
    .description('make an account and its first admin')
    .requiredOption('--account <name>', 'name of the account')
    .requiredOption('--email <email>', 'e-mail of the admin')
    .option('--password-stdin', 'read the admin’s password from standard input')
    .option('--json', 'answer as JSON')
  const known = [...storeSettings, 'FIRST_LOCAL_ID'] as const
  addSettings(command, known).action(async (options: InitOptions) => {
    if (!isEmail(options.email)) throw new UsageError(`no e-mail address: ${options.email}`)
    if (options.account.trim() === '') throw new UsageError('--account must not be empty')
    const password = options.passwordStdin ? await readPassword() : undefined
    const config = configOf({ ...options })
    await withStore(config, async (store) => {
      const { account, email } = options
      const made = await makeAccount(store, account, email, password, config.firstLocalId)
      if (options.json) return printJson({ account_id: made.accountId, user_id: made.userId })
      print(`Account ${made.accountId} (${options.account}) with admin ${options.email} is ready.`)
      print(`Next: ./doorstep token create --user ${options.email}`)
    })
  })
}
