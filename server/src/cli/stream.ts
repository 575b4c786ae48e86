import type { Command } from 'commander'

import { print } from '../runtime/print.ts'
import {
  accountOption,
  addSettings,
  chooseAccount,
  configOf,
  storeSettings,
  withStoreAlone,
} from './command.ts'

export function addStreamCommand(program: Command): void {
  const command = program
    .command('stream')
    .description('the stream of events')
    .command('reset')
    .description('after restoring a dump: end positions that were lost; servers must be stopped')
    .option(...accountOption)
  addSettings(command, storeSettings).action(async (options: { readonly account?: string }) => {
    await withStoreAlone(configOf({ ...options }), async (store) => {
      const account = await chooseAccount(store, options.account)
      const { generation, head } = await store.events.raiseGeneration(account, 'stream_reset')
      print(`The stream is at generation ${generation}, which began after event ${head}.`)
      print(
        'Readers whose position lies beyond it get the error stream_reset; all others continue.',
      )
    })
  })
}
