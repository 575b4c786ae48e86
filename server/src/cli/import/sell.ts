import { text } from 'node:stream/consumers'

import type { Command } from 'commander'

import type { Config } from '../../config.ts'
import type { AccountKey } from '../../domain/accounts.ts'
import { DomainError } from '../../domain/errors.ts'
import type { Store } from '../../domain/store.ts'
import { idOf } from '../../importer/sell/api/items.ts'
import { SellRefusal, SellUnreachable } from '../../importer/sell/api/refusals.ts'
import { importSell } from '../../importer/sell/import-sell.ts'
import { ImportStopped } from '../../importer/sell/ledger.ts'
import type { Rejected } from '../../importer/sell/read/items.ts'
import { sellOptions } from '../../runtime/imports/sell-options.ts'
import { print } from '../../runtime/print.ts'
import {
  accountOption,
  addSettings,
  chooseAccount,
  configOf,
  printJson,
  storeSettings,
  UsageError,
  withStore,
} from '../command.ts'
import { ImportProgressLine } from './progress.ts'
import { printImport, reportLines } from './report.ts'

interface ImportSellFlags {
  readonly tokenStdin?: boolean
  readonly baseUrl?: string
  readonly sellBaseUrl?: string
  readonly follow?: boolean
  readonly account?: string
  readonly json?: boolean
}

/** Exit status of a finished import that could not prove that nothing is missing. */
export const withGaps = 3

export const sellSettings = [
  'SELL_BASE_URL',
  'SELL_REQUESTS_PER_SECOND',
  'SELL_REQUESTS_IN_FLIGHT',
  'SELL_TIMEOUT_SECONDS',
  'SELL_STREAM_LAG_MS',
  'SELL_POLL_MS',
  'SELL_REFRESH_MS',
] as const

export function addImportSellCommand(group: Command): void {
  const command = group
    .command('sell')
    .description('everything from Sell’s API; run it again to resume')
    .requiredOption('--token-stdin', 'read Sell’s access token from standard input')
    .option('--base-url <url>', 'the address of Sell’s API, as --sell-base-url')
    .option('--follow', 'continue with changes until it is stopped')
    .option(...accountOption)
    .option('--json', 'the summary as JSON')
  addSettings(command, [...storeSettings, ...sellSettings]).action(
    async (flags: ImportSellFlags) => {
      const config = configOf({ ...flags, sellBaseUrl: flags.baseUrl ?? flags.sellBaseUrl })
      const token = await readSellToken()
      await withStore(config, async (store) => {
        const account = await chooseAccount(store, flags.account)
        await importFromSell(store, account, config, token, flags)
      })
    },
  )
}

export async function readSellToken(): Promise<string> {
  const token = (await text(process.stdin)).trim()
  if (/^[\x21-\x7e]{1,4096}$/.test(token)) return token
  throw new UsageError('standard input must hold Sell’s access token and nothing else')
}

async function importFromSell(
  store: Store,
  account: AccountKey,
  config: Config,
  token: string,
  flags: ImportSellFlags,
): Promise<void> {
  const stopping = new AbortController()
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, () => stopping.abort())
  const line = new ImportProgressLine()
  try {
    const done = await importSell({
      ...sellOptions(store, account, config, token),
      by: 'command_line',
      follow: flags.follow === true,
      onProgress: (so) => line.show(so),
      onRejected: (rejected) => line.interrupt(rejectedLine(rejected)),
      signal: stopping.signal,
    })
    line.stop()
    if (flags.json) printJson(printImport(done))
    else for (const each of reportLines(done)) print(each)
    if (done.progress.gaps.length > 0) process.exitCode = withGaps
  } catch (error) {
    line.stop()
    throw explain(error)
  }
}

// NOTE: without the item itself, which may hold personal data.
const rejectedLine = ({ list, field, reason, item }: Rejected): string =>
  `rejected: ${list} ${idOf(item)} ${field} ${reason}`

function explain(error: unknown): unknown {
  if (error instanceof ImportStopped) {
    return new DomainError('unavailable', 'Stopped. Run the same command to resume.')
  }
  if (error instanceof SellRefusal || error instanceof SellUnreachable) {
    return new DomainError('unavailable', error.message)
  }
  return error
}
