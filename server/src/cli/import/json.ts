import type { Command } from 'commander'

import type { Config } from '../../config.ts'
import type { Store } from '../../domain/store.ts'
import { type ItemType, itemTypes, type LeftOut } from '../../importer/connector-records.ts'
import { findSources, requireReadable, type Source } from '../../importer/files/sources.ts'
import { itemPieces } from '../../importer/item-pieces.ts'
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
import { addImportConflictsCommand } from './conflicts.ts'
import { addImportCsvCommand } from './csv.ts'
import { addImportSellCommand } from './sell.ts'
import { addImportStatusCommand } from './status.ts'
import { countOf, importPieces, setExitStatus, summaryLines } from './summary.ts'
import { addImportVerifyCommand } from './verify.ts'

interface ImportJsonOptions {
  readonly kind?: string
  readonly account?: string
  readonly dryRun?: boolean
  readonly json?: boolean
}

export function addImportCommand(program: Command): void {
  const group = program.command('import').description('import data')
  addImportSellCommand(group)
  addImportStatusCommand(group)
  addImportCsvCommand(group)
  addImportConflictsCommand(group)
  addImportVerifyCommand(group)
  const command = group
    .command('json <path...>')
    .description(
      'what was saved of Sell’s API, also by Singer or Airbyte: .json, .ndjson, .gz; - is stdin',
    )
    .option('--kind <kind>', 'what bare objects are, such as visit, lead, contact or user')
    .option('--dry-run', 'print what would be done, change nothing')
    .option(...accountOption)
    .option('--json', 'the summary as JSON')
  addSettings(command, storeSettings).action(
    async (paths: string[], options: ImportJsonOptions) => {
      const config = configOf({ ...options })
      const type = typeOf(options.kind)
      const sources = await findSources(paths)
      for (const source of sources) await requireReadable(source)
      await withStore(config, (store) => importSources(store, config, sources, type, options))
    },
  )
}

async function importSources(
  store: Store,
  config: Config,
  sources: readonly Source[],
  type: ItemType | undefined,
  options: ImportJsonOptions,
): Promise<void> {
  const account = await chooseAccount(store, options.account)
  const isDryRun = options.dryRun === true
  const leftOut: LeftOut = new Map()
  const summary = await importPieces(store, account, config, sources, { isDryRun }, (onBytes) =>
    itemPieces(sources, {
      type,
      onBytes,
      onFile: (_, found) => addTo(leftOut, found),
      onCut: () => (process.exitCode = 1),
    }),
  )
  setExitStatus(summary)
  const names = [...leftOut].map(([what, count]) => ({ what, count }))
  if (options.json) return printJson({ ...summary, left_out: names })
  for (const line of summaryLines(summary)) print(line)
  for (const { what, count } of names) {
    print(`not imported: ${what} (${countOf(count, 'time', 'times')})`)
  }
}

function addTo(leftOut: LeftOut, found: LeftOut): void {
  for (const [what, count] of found) leftOut.set(what, (leftOut.get(what) ?? 0) + count)
}

function typeOf(kind: string | undefined): ItemType | undefined {
  const found = itemTypes.find((known) => known === kind)
  if (kind === undefined || found) return found
  throw new UsageError(`--kind takes ${itemTypes.join(', ')}, given: ${kind}`)
}
