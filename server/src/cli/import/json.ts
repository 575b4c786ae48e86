import type { Command } from 'commander'

import type { Config } from '../../config.ts'
import type { Store } from '../../domain/store.ts'
import { findSources, requireReadable, type Source, textOf } from '../../importer/files.ts'
import { jsonPieces } from '../../importer/json-pieces.ts'
import type { Piece } from '../../importer/run-import.ts'
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
import { addImportConflictsCommand } from './conflicts.ts'
import { addImportCsvCommand } from './csv.ts'
import { addImportSellCommand } from './sell.ts'
import { addImportStatusCommand } from './status.ts'
import { importPieces, setExitStatus, summaryLines } from './summary.ts'
import { addImportVerifyCommand } from './verify.ts'

interface ImportJsonOptions {
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
    .description('files or folders of answers of Sell’s API: .json, .ndjson, .gz; - is stdin')
    .option('--dry-run', 'print what would be done, change nothing')
    .option(...accountOption)
    .option('--json', 'the summary as JSON')
  addSettings(command, storeSettings).action(
    async (paths: string[], options: ImportJsonOptions) => {
      const config = configOf({ ...options })
      const sources = await findSources(paths)
      for (const source of sources) await requireReadable(source)
      await withStore(config, (store) => importSources(store, config, sources, options))
    },
  )
}

async function importSources(
  store: Store,
  config: Config,
  sources: readonly Source[],
  options: ImportJsonOptions,
): Promise<void> {
  const account = await chooseAccount(store, options.account)
  const isDryRun = options.dryRun === true
  const summary = await importPieces(store, account, config, sources, { isDryRun }, (onBytes) =>
    readPieces(sources, onBytes),
  )
  setExitStatus(summary)
  if (options.json) printJson(summary)
  else for (const line of summaryLines(summary)) print(line)
}

/** All pieces of the sources, each with its file. */
async function* readPieces(
  sources: readonly Source[],
  onBytes: (count: number) => void,
): AsyncGenerator<Piece> {
  for (const source of sources) {
    let line = 1
    let index = 0
    try {
      for await (const piece of jsonPieces(textOf(source, onBytes))) {
        ;({ line, index } = piece)
        yield { ...piece, file: source.name }
      }
    } catch (error) {
      if (!(error instanceof Error) || !('code' in error)) throw error
      const reason = `the file cannot be read further: ${error.message}`
      process.exitCode = 1
      yield { file: source.name, line, index: index + 1, broken: '', reason }
    }
  }
}
