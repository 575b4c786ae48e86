import { appendFileSync } from 'node:fs'
import { join } from 'node:path'

import { Presets, SingleBar } from 'cli-progress'
import type { Command } from 'commander'

import type { Config } from '../config.ts'
import type { MissingReferences, Store } from '../domain/store.ts'
import { findSources, type Source, textOf } from '../importer/files.ts'
import { jsonPieces } from '../importer/json-pieces.ts'
import {
  type ImportCounts,
  type Piece,
  type RejectedItem,
  runImport,
} from '../importer/run-import.ts'
import {
  accountOption,
  addSettings,
  chooseAccount,
  configOf,
  newEventId,
  print,
  printJson,
  storeSettings,
  withStore,
} from './command.ts'
import { addImportConflictsCommand } from './import-conflicts.ts'
import { addImportSellCommand } from './import-sell.ts'
import { addImportStatusCommand } from './import-status.ts'
import { addImportVerifyCommand } from './import-verify.ts'

interface ImportJsonOptions {
  readonly account?: string
  readonly dryRun?: boolean
  readonly json?: boolean
}

export function addImportCommand(program: Command): void {
  const group = program.command('import').description('take data in')
  addImportSellCommand(group)
  addImportStatusCommand(group)
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

/** Tells of rejected items, and keeps them in a file of their own, made with the first of them. */
class Rejects {
  file: string | undefined
  readonly #path: string | undefined

  constructor(config: Config | undefined) {
    const now = new Date().toISOString().replaceAll(/[:.]/g, '-')
    this.#path = config && join(config.dataDir, `rejected-${now}.ndjson`)
  }

  add(item: RejectedItem): void {
    if (this.#path !== undefined) {
      this.file = this.#path
      appendFileSync(this.#path, `${JSON.stringify(item)}\n`)
    }
    const { file, line, index, field, reason } = item
    process.stderr.write(`rejected: ${file}:${line} (item ${index}) ${field} ${reason}\n`)
  }
}

/** A bar on a terminal; nothing elsewhere. */
class Progress {
  readonly #bar: SingleBar | undefined

  constructor(sources: readonly Source[]) {
    if (!process.stderr.isTTY) return
    const total = sources.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0)
    const format = '{bar} {percentage}% | {read} read, {rejected} rejected | {eta_formatted} left'
    this.#bar = new SingleBar({ format, etaBuffer: 100 }, Presets.shades_classic)
    this.#bar.start(Math.max(1, total), 0, { read: 0, rejected: 0 })
  }

  add(bytes: number): void {
    this.#bar?.increment(bytes)
  }

  tell({ read, rejected }: Readonly<ImportCounts>): void {
    this.#bar?.update({ read, rejected })
  }

  stop(): void {
    this.#bar?.stop()
  }
}

interface Summary extends ImportCounts {
  readonly missing: MissingReferences
  readonly rejected_file: string | undefined
}

function summaryLines(summary: Summary, isDryRun: boolean): string[] {
  const { read, created, updated, unchanged, conflict, rejected, missing } = summary
  const without = Object.entries(missing).filter(([, count]) => count > 0)
  return [
    `${read} read, ${created} created, ${updated} updated, ${unchanged} unchanged, ${rejected} rejected` +
      (isDryRun ? ' (dry run: nothing was changed)' : ''),
    ...(conflict > 0
      ? [`${conflict} were changed here and in Sell: see doorstep import conflicts`]
      : []),
    ...without.map(([what, count]) => `${count} visits kept whose ${what} are not known here`),
    ...(summary.rejected_file ? [`rejected items: ${summary.rejected_file}`] : []),
  ]
}
