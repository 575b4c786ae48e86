import type { Command } from 'commander'

import type { AccountKey } from '../../domain/accounts.ts'
import { behindSeconds } from '../../domain/importer.ts'
import type { Import } from '../../domain/imports.ts'
import type { Store } from '../../domain/store.ts'
import { print } from '../../runtime/print.ts'
import {
  accountOption,
  addSettings,
  chooseAccount,
  configOf,
  printJson,
  storeSettings,
  withStore,
} from '../command.ts'
import { duration, progressText } from './progress.ts'
import { printImport, reportLines } from './report.ts'

const importsMax = 100
const errorsPerPage = 500

interface StatusFlags {
  readonly account?: string
  readonly json?: boolean
  readonly rejected?: boolean
}

export function addImportStatusCommand(group: Command): void {
  const command = group
    .command('status')
    .description('the state of imports from Sell, and how far they lag behind')
    .option(...accountOption)
    .option('--json', 'answer as JSON')
    .option('--rejected', 'only rejected items: a line of JSON for each')
  addSettings(command, storeSettings).action(async (flags: StatusFlags) => {
    await withStore(configOf({ ...flags }), async (store) => {
      const account = await chooseAccount(store, flags.account)
      const page = {
        offset: 0,
        limit: importsMax,
        sort: { field: 'id', descending: false },
      } as const
      const { rows } = await store.imports.list(account, page, 'sell')
      if (flags.rejected) {
        for (const { id } of rows) await printRejected(store, account, id)
        return
      }
      const now = Date.now()
      if (flags.json) {
        return printJson(
          rows.map((so) => ({ ...printImport(so), behind_seconds: behindSeconds(so, now) })),
        )
      }
      if (rows.length === 0) print('There is no import from Sell yet.')
      for (const so of rows) for (const line of statusLines(so, now)) print(line)
    })
  })
}

async function printRejected(store: Store, account: AccountKey, importId: number): Promise<void> {
  for (let after = ''; ;) {
    const errors = await store.imports.listErrors(account, importId, errorsPerPage, after)
    for (const { key, field, reason, item } of errors) {
      const list = key.split(' ')[0]
      print(JSON.stringify({ import: importId, list, field, reason, item: JSON.parse(item) }))
    }
    const last = errors.at(-1)
    if (!last) return
    after = last.key
  }
}

function statusLines(so: Import, now: number): string[] {
  const behind = behindSeconds(so, now)
  const runner =
    so.runner === null ? 'not running' : `running in process ${so.runner.split(' ')[1]}`
  const isReading = so.phase === 'lists' || so.phase === 'visits' || so.phase === 'changes'
  return [
    `Import ${so.id} from ${so.baseUrl}: ${so.phase}, ${runner}`,
    behind === null
      ? `  Sell's stream cannot be followed: ${so.progress.streamRefusal ?? 'no position yet'}`
      : `  ${duration(behind)} behind Sell`,
    ...(isReading ? [`  ${progressText(so)}`] : reportLines(so).map((line) => `  ${line}`)),
    ...(so.lastError === null ? [] : [`  last error: ${so.lastError}`]),
  ]
}
