import type { Command } from 'commander'

import type { Config } from '../../config.ts'
import type { Store } from '../../domain/store.ts'
import { findSources, type Source, textOf } from '../../importer/files.ts'
import { jsonPieces } from '../../importer/json-pieces.ts'
import { type Piece, runImport } from '../../importer/run-import.ts'
import { print } from '../../runtime/print.ts'
import { newEventId } from '../../runtime/secrets.ts'
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
import { Progress, Rejects, summaryLines } from './summary.ts'
import { addImportVerifyCommand } from './verify.ts'

interface ImportJsonOptions {
  readonly account?: string
  readonly dryRun?: boolean
  readonly json?: boolean
}

export function addImportCommand(program: Command): void {
  const group = program.command('import').description('take data in')
  addImportSellCommand(group)
  addImportStatusCommand(group)
  addImportCsvCommand(group)
  addImportConflictsCommand(group)
  addImportVerifyCommand(group)
  const command = group
    .command('json <path...>')
    .description('files or folders of what Sell’s API answered: .json, .ndjson, .gz; - is stdin')
    .option('--dry-run', 'tell what would be done, do nothing')
    .option(...accountOption)
    .option('--json', 'the summary as JSON')
  addSettings(command, storeSettings).action(
    async (paths: string[], options: ImportJsonOptions) => {
      const config = configOf({ ...options })
      const sources = await findSources(paths)
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
  const rejects = new Rejects(options.dryRun ? undefined : config)
  const progress = new Progress(sources)
  const counts = await runImport(
    readPieces(sources, (count) => progress.add(count)),
    {
      store,
      account,
      newEventId,
      isDryRun: options.dryRun === true,
      onRejected: (item) => rejects.add(item),
      onProgress: (so) => progress.tell(so),
    },
  ).finally(() => progress.stop())
  const missing = await store.visits.countMissingReferences(account)
  const summary = { ...counts, missing, rejected_file: rejects.file }
  if (options.json) printJson({ ...summary, dry_run: options.dryRun === true })
  else for (const line of summaryLines(summary, options.dryRun === true)) print(line)
}

/** Everything in the sources, with the file it comes from. */
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
