import { hash } from '@node-rs/argon2'
import type { Command } from 'commander'

import type { AccountKey } from '../domain/accounts.ts'
import { addDefaultOutcomes } from '../domain/default-outcomes.ts'
import { DomainError } from '../domain/errors.ts'
import type { Store } from '../domain/store.ts'
import { isEmail, newUser } from '../domain/users.ts'
import {
  addSettings,
  configOf,
  print,
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
      print(`Next: npx doorstep token create --user ${options.email}`)
    })
  })
}

export interface MadeAccount {
  readonly key: AccountKey
  readonly accountId: number
  readonly userId: number
}

/** An account with one admin and the first outcomes; the password is kept as an Argon2 hash. */
export async function makeAccount(
  store: Store,
  name: string,
  email: string,
  password?: string,
  firstId?: number,
): Promise<MadeAccount> {
  const existing = await store.accounts.list()
  if (existing.some(({ account }) => account.name === name)) {
    throw new DomainError('conflict', `There is an account with the name ${name} already.`)
  }
  const passwordHash = password === undefined ? undefined : await hash(password)
  const now = Date.now()
  const given = {
    name,
    currency: 'USD',
    timeFormat: '24H' as const,
    timezone: 'UTC+00:00',
    phone: null,
    subdomain: null,
    createdAt: now,
    updatedAt: now,
  }
  const key = await store.accounts.add(given, firstId)
  const userId = await store.write(key, async (tx) => {
    const id = await tx.users.nextId()
    await tx.users.save([
      newUser({ id, name: 'Admin', email, role: 'admin', reportsTo: null }, now),
    ])
    if (passwordHash !== undefined) await tx.users.setPassword(id, passwordHash)
    await addDefaultOutcomes(tx, now)
    return id
  })
  const account = await store.accounts.find(key)
  return { key, userId, accountId: account?.id ?? key }
}
