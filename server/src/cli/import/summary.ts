import { appendFileSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { Presets, SingleBar } from 'cli-progress'

import type { Config } from '../../config.ts'
import type { MissingReferences } from '../../domain/visits.ts'
import type { Source } from '../../importer/files.ts'
import type { ImportCounts, RejectedItem } from '../../importer/run-import.ts'

/** Tells of rejected items, and keeps them in a file of their own, made with the first of them. */
export class Rejects {
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
export class Progress {
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

export interface Summary extends ImportCounts {
  readonly missing: MissingReferences
  readonly rejected_file: string | undefined
}

export function summaryLines(summary: Summary, isDryRun: boolean): string[] {
  const { read, created, updated, unchanged, conflict, rejected, missing } = summary
  const without = Object.entries(missing).filter(([, count]) => count > 0)
  return [
    `${read} read, ${created} created, ${updated} updated, ${unchanged} unchanged, ${rejected} rejected` +
      (isDryRun ? ' (dry run: nothing was changed)' : ''),
    ...(conflict > 0
      ? [`${conflict} were changed here and in Sell: see ./doorstep import conflicts`]
      : []),
    ...without.map(([what, count]) => `${count} visits kept whose ${what} are not known here`),
    ...(summary.rejected_file ? [`rejected items: ${summary.rejected_file}`] : []),
  ]
}
