import type { Command } from 'commander'

import { addressOf } from '../runtime/listening.ts'
import { makeSetupLink } from '../runtime/one-time-links.ts'
import { print } from '../runtime/print.ts'
import {
  type AccountOptions,
  accountOption,
  addSettings,
  chooseAccount,
  configOf,
  storeSettings,
  UsageError,
  withStore,
} from './command.ts'

interface SetupLinkOptions extends AccountOptions {
  readonly url?: string
}

export function addSetupLinkCommand(program: Command): void {
  const command = program
    .command('setup-link')
    .description('print a link that gives the first admin a password; the former one stops working')
    .option('--url <address>', 'the server’s address; without it, that of HOST and PORT')
    .option(...accountOption)
  addSettings(command, [...storeSettings, 'HOST', 'PORT', 'TLS_CERT', 'TLS_KEY']).action(
    async (options: SetupLinkOptions) => {
      const config = configOf({ ...options })
      const url = options.url === undefined ? undefined : readAddress(options.url)
      await withStore(config, async (store) => {
        const account = await chooseAccount(store, options.account)
        const { host, port, tls } = config
        const own = addressOf(host, port, tls ? 'https' : 'http')
        print(await makeSetupLink(store, account, url ?? own))
      })
    },
  )
}

function readAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.search || url.hash) {
    throw new UsageError(`--url takes an http or https address, given: ${text}`)
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`
}
