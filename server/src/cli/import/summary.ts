import { appendFileSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { Presets, SingleBar } from 'cli-progress'

import type { Config } from '../../config.ts'
import type { AccountKey } from '../../domain/accounts.ts'
import type { Store } from '../../domain/store.ts'
import type { MissingReferences } from '../../domain/visits.ts'
import type { Source } from '../../importer/files.ts'
import {
  type ImportCounts,
  type ImportOptions,
  type Piece,
  type RejectedItem,
  runImport,
} from '../../importer/run-import.ts'
import { newEventId } from '../../runtime/secrets.ts'

export interface Summary extends ImportCounts {
  readonly missing: MissingReferences
  readonly rejected_file: string | undefined
  readonly dry_run: boolean
}

/** Imports the pieces of files, with progress and rejected items on stderr. */
export async function importPieces(
  store: Store,
  account: AccountKey,
  config: Config,
  sources: readonly Source[],
  { isDryRun, isPresent = false }: Pick<ImportOptions, 'isDryRun' | 'isPresent'>,
  piecesOf: (onBytes: (count: number) => void) => AsyncIterable<Piece>,
): Promise<Summary> {
  const rejects = new Rejects(isDryRun ? undefined : config)
  const progress = new Progress(sources)
  const counts = await runImport(
    piecesOf((count) => progress.add(count)),
    {
      store,
      account,
      newEventId,
      isDryRun,
      isPresent,
      onRejected: (item) => rejects.add(item),
      onProgress: (so) => progress.show(so),
    },
  ).finally(() => progress.stop())
  const missing = await store.visits.countMissingReferences(account)
  return { ...counts, missing, rejected_file: rejects.file, dry_run: isDryRun }
}

/** Prints rejected items, and saves them in a file that the first of them creates. */
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
      mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 })
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

  show({ read, rejected }: Readonly<ImportCounts>): void {
    this.#bar?.update({ read, rejected })
  }

  stop(): void {
    this.#bar?.stop()
  }
}

export function summaryLines(summary: Summary): string[] {
  const { read, created, updated, unchanged, conflict, rejected, missing } = summary
  const without = Object.entries(missing).filter(([, count]) => count > 0)
  return [
    `${read} read, ${created} created, ${updated} updated, ${unchanged} unchanged, ${rejected} rejected` +
      (summary.dry_run ? ' (dry run: nothing was changed)' : ''),
    ...(conflict > 0 ? [conflictsLine(conflict)] : []),
    ...without.map(([what, count]) =>
      count === 1
        ? `saved 1 visit whose ${what.replace(/s$/, '')} is unknown`
        : `saved ${count} visits whose ${what} are unknown`,
    ),
    ...(summary.rejected_file ? [`rejected items: ${summary.rejected_file}`] : []),
  ]
}

export const conflictsLine = (count: number): string =>
  `${countOf(count, 'visit was', 'visits were')} changed here and in Sell: ` +
  'run ./doorstep import conflicts'

export const countOf = (count: number, one: string, many: string): string =>
  `${count} ${count === 1 ? one : many}`
