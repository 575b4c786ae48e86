import type { Command } from 'commander'

import { DomainError } from '../domain/errors.ts'
import { changeSettings } from '../rules/settings.ts'
import { print } from '../runtime/print.ts'
import {
  type AccountOptions,
  addAccountOptions,
  addSettings,
  chooseAccount,
  configOf,
  jsonLinesOption,
  printLine,
  storeSettings,
  UsageError,
  withAccount,
  withStore,
  withStoreAlone,
} from './command.ts'

const nameLengthMax = 255

interface RemoveOptions extends AccountOptions {
  readonly confirm: string
}

export function addAccountCommand(program: Command): void {
  const account = program.command('account').description('the accounts of the store')
  const list = account
    .command('list')
    .description('list the accounts')
    .option(...jsonLinesOption)
  addSettings(list, storeSettings).action(async (options: AccountOptions) => {
    await withStore(configOf({ ...options }), async (store) => {
      for (const { account: each } of await store.accounts.list()) {
        printLine({ id: each.id, name: each.name }, options)
      }
    })
  })
  const rename = account.command('rename <name>').description('give an account another name')
  addAccountOptions(rename).action(async (name: string, options: AccountOptions) => {
    await renameAccount(name.trim(), options)
  })
  const remove = account
    .command('remove')
    .description('delete an account with everything in it, for good; servers must be stopped')
    .requiredOption('--confirm <name>', 'the name of the account, to show that you mean it')
  addAccountOptions(remove).action(removeAccount)
}

async function renameAccount(name: string, options: AccountOptions): Promise<void> {
  if (name === '' || name.length > nameLengthMax) {
    throw new UsageError(`the name must be 1 to ${nameLengthMax} characters long`)
  }
  await withAccount(options, async (store, key) => {
    const others = (await store.accounts.list()).filter((each) => each.key !== key)
    if (others.some(({ account }) => account.name === name)) {
      throw new DomainError(
        'conflict',
        `An account with the name ${name} already exists. Choose another name.`,
      )
    }
    const before = await store.write(key, async (tx) => {
      const known = await tx.account.find()
      await changeSettings(tx, 'command_line', { name }, Date.now())
      return known.name
    })
    print(`The account ${before} is now called ${name}.`)
  })
}

async function removeAccount(options: RemoveOptions): Promise<void> {
  await withStoreAlone(configOf({ ...options }), async (store) => {
    const key = await chooseAccount(store, options.account)
    const name = (await store.accounts.find(key))?.name
    if (options.confirm !== name) {
      throw new UsageError(
        `to delete everything in the account ${name}, give its exact name: --confirm NAME`,
      )
    }
    const rows = await store.accounts.remove(key)
    print(`Deleted the account ${name} with everything in it (${rows} rows).`)
  })
}
