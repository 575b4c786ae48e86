import { Presets, SingleBar } from 'cli-progress'

import type { OnCopied } from '../storage/copy/compare.ts'

const everyMs = 10_000

/** A bar for each phase on a terminal; a line every ten seconds elsewhere. */
export class CopyProgress {
  readonly #isTerminal = process.stderr.isTTY === true
  #bar: SingleBar | undefined
  #phase = ''
  #toldAt = Date.now()

  tell({ phase, table, done, total }: Parameters<OnCopied>[0]): void {
    if (this.#isTerminal) return this.#draw(phase, table, done, total)
    const now = Date.now()
    if (now - this.#toldAt < everyMs) return
    this.#toldAt = now
    process.stderr.write(`${phase} ${table}: ${done} of ${total} rows\n`)
  }

  #draw(phase: string, table: string, done: number, total: number): void {
    if (phase !== this.#phase) {
      this.stop()
      const format = `${phase} {bar} {percentage}% | {value} of {total} rows | {table} | {eta_formatted} left`
      this.#bar = new SingleBar({ format, etaBuffer: 100 }, Presets.shades_classic)
      this.#bar.start(Math.max(1, total), done, { table })
      this.#phase = phase
    }
    this.#bar?.update(done, { table })
  }

  stop(): void {
    this.#bar?.stop()
    this.#bar = undefined
  }
}
