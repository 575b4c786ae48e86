import type { Command } from 'commander'

import type { AccountKey } from '../domain/accounts.ts'
import { DomainError } from '../domain/errors.ts'
import type { Store } from '../domain/store.ts'
import { isEmail, newUser, type User, type UserRole } from '../domain/users.ts'
import { noteNewUser } from '../rules/audited.ts'
import { changePassword } from '../rules/users.ts'
import { argonPasswords } from '../runtime/passwords.ts'
import { print } from '../runtime/print.ts'
import { newSecret } from '../runtime/secrets.ts'
import {
  type AccountOptions,
  addAccountOptions,
  jsonLinesOption,
  printJson,
  readPassword,
  UsageError,
  withAccount,
} from './command.ts'

interface UserOptions extends AccountOptions {
  readonly email: string
  readonly name?: string
  readonly role: string
  readonly reportsTo?: string
  readonly passwordStdin?: boolean
}

const passwords = argonPasswords(newSecret)

const usersAreListed = '`./doorstep user list` lists them.'

export function addUserCommand(program: Command): void {
  const user = program.command('user').description('the users of an account')
  const add = user
    .command('add')
    .description('add a user')
    .requiredOption('--email <email>', 'e-mail')
    .option('--name <name>', 'name; without it, the e-mail')
    .option('--role <role>', 'user or admin', 'user')
    .option('--reports-to <email>', 'e-mail of the manager')
    .option('--password-stdin', 'read the password from standard input')
    .option('--json', 'answer as JSON')
  addAccountOptions(add).action(async (options: UserOptions) => {
    const role = parseRole(options.role)
    if (!isEmail(options.email)) throw new UsageError(`no e-mail address: ${options.email}`)
    const passwordHash = options.passwordStdin
      ? await passwords.hash(await readPassword())
      : undefined
    await withAccount(options, async (store, account) => {
      const id = await addUser(store, account, options, role, passwordHash)
      if (options.json) return printJson({ user_id: id })
      print(`User ${id} (${options.email}) is ready.`)
    })
  })
  const password = user
    .command('password')
    .description('set a password, read from standard input; ends sessions and OAuth grants')
    .requiredOption('--email <email>', 'whose password it is')
  addAccountOptions(password).action(async (options: UserOptions) => {
    const passwordHash = await passwords.hash(await readPassword())
    await withAccount(options, async (store, account) => {
      await setPassword(store, account, options.email, passwordHash)
      print(`${options.email} has a new password.`)
    })
  })
  const list = user
    .command('list')
    .description('list the users')
    .option(...jsonLinesOption)
  addAccountOptions(list).action(async (options: UserOptions) => {
    await withAccount(options, async (store, account) => {
      for await (const each of everyUser(store, account)) {
        const { id, name, email, role, status, reportsTo } = each
        if (options.json) printJson({ id, name, email, role, status, reports_to: reportsTo })
        else print([id, role, status, email, name].join('\t'))
      }
    })
  })
}

function parseRole(text: string): UserRole {
  if (text === 'user' || text === 'admin') return text
  throw new UsageError(`--role must be user or admin, given: ${text}`)
}

function addUser(
  store: Store,
  account: AccountKey,
  { email, name = email, reportsTo: manager }: UserOptions,
  role: UserRole,
  passwordHash: string | undefined,
): Promise<number> {
  return store.write(account, async (tx) => {
    const known = await tx.users.findByEmail(manager === undefined ? [email] : [email, manager])
    if (known.has(email.toLowerCase())) {
      throw new DomainError(
        'conflict',
        `${email} is a user of this account already. Choose another e-mail.`,
      )
    }
    const reportsTo = manager === undefined ? null : known.get(manager.toLowerCase())?.id
    if (reportsTo === undefined) {
      throw new DomainError(
        'not_found',
        `${manager} is not a user of this account. ${usersAreListed}`,
      )
    }
    const id = await tx.users.nextId()
    const user = newUser({ id, name, email, role, reportsTo }, Date.now())
    await tx.users.save([user])
    await noteNewUser(tx, 'command_line', user)
    if (passwordHash !== undefined) await tx.users.setPassword(id, passwordHash)
    return id
  })
}

function setPassword(
  store: Store,
  account: AccountKey,
  email: string,
  passwordHash: string,
): Promise<void> {
  return store.write(account, async (tx) => {
    const user = (await tx.users.findByEmail([email])).get(email.toLowerCase())
    if (!user)
      throw new DomainError(
        'not_found',
        `${email} is not a user of this account. ${usersAreListed}`,
      )
    await changePassword(tx, user.id, passwordHash, Date.now())
    await tx.audit.add('command_line', 'password_changed', { kind: 'user', id: user.id })
  })
}

async function* everyUser(store: Store, account: AccountKey): AsyncGenerator<User> {
  const limit = 500
  for (let offset = 0; ; offset += limit) {
    const sort = { field: 'id', descending: false } as const
    const { rows, hasMore } = await store.users.list(account, {}, { offset, limit, sort })
    yield* rows
    if (!hasMore) return
  }
}
