import type { Command } from 'commander'

import type { Config } from '../../config.ts'
import type { Store } from '../../domain/store.ts'
import {
  itemOfRecord,
  type ItemType,
  itemTypes,
  type LeftOut,
} from '../../importer/connector-records.ts'
import { findSources, requireReadable, type Source, textOf } from '../../importer/files/sources.ts'
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
    itemPieces(readPieces(sources, onBytes), type, leftOut),
  )
  setExitStatus(summary)
  const names = [...leftOut].map(([what, count]) => ({ what, count }))
  if (options.json) return printJson({ ...summary, left_out: names })
  for (const line of summaryLines(summary)) print(line)
  for (const { what, count } of names) {
    print(`not imported: ${what} (${countOf(count, 'time', 'times')})`)
  }
}

function typeOf(kind: string | undefined): ItemType | undefined {
  const found = itemTypes.find((known) => known === kind)
  if (kind === undefined || found) return found
  throw new UsageError(`--kind takes ${itemTypes.join(', ')}, given: ${kind}`)
}

async function* itemPieces(
  pieces: AsyncIterable<Piece>,
  type: ItemType | undefined,
  leftOut: LeftOut,
): AsyncGenerator<Piece> {
  for await (const piece of pieces) {
    if (!('value' in piece)) yield piece
    else {
      const value = itemOfRecord(piece.value, type, leftOut)
      if (value !== undefined) yield { ...piece, value }
    }
  }
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
