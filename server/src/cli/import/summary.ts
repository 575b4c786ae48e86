import { appendFileSync, mkdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

import { Presets, SingleBar } from 'cli-progress'

import type { Config } from '../../config.ts'
import type { AccountKey } from '../../domain/accounts.ts'
import type { AuditDetails } from '../../domain/audit.ts'
import type { Store } from '../../domain/store.ts'
import type { MissingReferences } from '../../domain/visits.ts'
import type { Source } from '../../importer/files/sources.ts'
import {
  type ImportCounts,
  type ImportOptions,
  type Piece,
  type PieceRow,
  type RejectedItem,
  runImport,
} from '../../importer/run-import.ts'
import { growSlowly } from '../../runtime/heap.ts'
import { newEventId } from '../../runtime/secrets.ts'
import { withFlag } from './csv-flags.ts'

export interface Summary extends ImportCounts {
  readonly missing: MissingReferences
  readonly rejected_file: string | undefined
  /** Of tables: the rejected rows as they stood, one file for each that had some. */
  readonly rejected_rows: readonly string[] | undefined
  /** Of a dry run: the first items as they would be stored. */
  readonly first: readonly FirstItem[] | undefined
  readonly dry_run: boolean
}

interface FirstItem {
  readonly file: string
  readonly line: number
  readonly item: unknown
}

const firstMax = 5

/** Imports the pieces of files, with progress and rejected items on stderr. */
export async function importPieces(
  store: Store,
  account: AccountKey,
  config: Config,
  sources: readonly Source[],
  { isDryRun, isPresent = false }: Pick<ImportOptions, 'isDryRun' | 'isPresent'>,
  piecesOf: (onBytes: (count: number) => void) => AsyncIterable<Piece>,
): Promise<Summary> {
  growSlowly()
  if (!isDryRun) await noteFiles(store, account, 'import_started', { files: sources.length })
  const rejects = new Rejects(isDryRun ? undefined : config)
  const progress = new Progress(sources)
  const first: FirstItem[] = []
  const counts = await runImport(
    noteFirst(
      piecesOf((count) => progress.add(count)),
      first,
    ),
    {
      store,
      account,
      clock: Date.now,
      newEventId,
      isDryRun,
      isPresent,
      onRejected: (item) => rejects.add(item),
      onProgress: (so) => progress.show(so),
    },
  )
    .catch(async (error: unknown) => {
      if (!isDryRun) await noteFiles(store, account, 'import_ended', { state: 'failed' })
      throw error
    })
    .finally(() => progress.stop())
  const { created, updated, rejected } = counts
  if (!isDryRun) {
    await noteFiles(store, account, 'import_ended', { state: 'done', created, updated, rejected })
  }
  const missing = await store.visits.countMissingReferences(account)
  return {
    ...counts,
    missing,
    rejected_file: rejects.file,
    rejected_rows: rejects.rowFiles,
    first: isDryRun ? first : undefined,
    dry_run: isDryRun,
  }
}

const noteFiles = (
  store: Store,
  account: AccountKey,
  action: 'import_started' | 'import_ended',
  details: AuditDetails,
) => store.audit.add(account, 'command_line', action, null, { source: 'files', ...details })

async function* noteFirst(pieces: AsyncIterable<Piece>, first: FirstItem[]): AsyncGenerator<Piece> {
  for await (const piece of pieces) {
    const { file, line } = piece
    if (first.length < firstMax && 'value' in piece) first.push({ file, line, item: piece.value })
    yield piece
  }
}

/** 3: something was rejected; 1: nothing was imported. */
export function setExitStatus(summary: ImportCounts): void {
  const { created, updated, unchanged, conflict, rejected } = summary
  if (created + updated + unchanged + conflict === 0) process.exitCode = 1
  else if (rejected > 0) process.exitCode ??= 3
}

/** Prints rejected items, and saves them in files that the first of them creates. */
class Rejects {
  file: string | undefined
  readonly #rowFiles = new Map<string, string>()
  readonly #path: string | undefined

  constructor(config: Config | undefined) {
    const now = new Date().toISOString().replaceAll(/[:.]/g, '-')
    this.#path = config && join(config.dataDir, `rejected-${now}`)
  }

  get rowFiles(): string[] | undefined {
    return this.#rowFiles.size > 0 ? [...this.#rowFiles.values()] : undefined
  }

  add({ row, option, ...rest }: RejectedItem): void {
    const reason = withFlag(rest.reason, option)
    const item = { ...rest, reason }
    const { file, line, index, field, column } = item
    if (this.#path !== undefined) {
      mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 })
      this.file = `${this.#path}.ndjson`
      const written = row ? { ...item, text: row.text } : item
      appendFileSync(this.file, `${JSON.stringify(written)}\n`)
      if (row) this.#addRow(file, row, this.#path)
    }
    const fault = column === undefined ? field : `column ${JSON.stringify(column)}`
    process.stderr.write(`rejected: ${file}:${line} (item ${index}) ${fault} ${reason}\n`)
  }

  /** The row as it stood, behind the header of its file. */
  #addRow(file: string, row: PieceRow, path: string): void {
    const known = this.#rowFiles.get(file)
    const name = known ?? `${path}-${this.#rowFiles.size + 1}-${tableName(file)}.csv`
    if (known === undefined) {
      this.#rowFiles.set(file, name)
      // NOTE: by the mark, the file is read as UTF-8 whatever --encoding says.
      appendFileSync(name, `\uFEFF${row.header}\n`)
    }
    appendFileSync(name, `${row.text}\n`)
  }
}

const tableName = (file: string): string =>
  file === '-' ? 'stdin' : basename(file).replace(/\.(gz|csv|tsv|txt|zip|xlsx)(\.gz)?$/i, '')

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
    ...(summary.rejected_rows ?? []).map((file) => `rejected rows, to mend and import: ${file}`),
    ...(summary.first ?? []).map(
      ({ file, line, item }) => `would store ${file}:${line} ${JSON.stringify(item)}`,
    ),
  ]
}

export const conflictsLine = (count: number): string =>
  `${countOf(count, 'visit was', 'visits were')} changed here and in Sell: ` +
  'run ./doorstep import conflicts'

export const countOf = (count: number, one: string, many: string): string =>
  `${count} ${count === 1 ? one : many}`
