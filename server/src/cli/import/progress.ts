import type { Import } from '../../domain/imports.ts'
import { countOf } from './summary.ts'

const everyMs = 10_000
const onTerminalMs = 250

/** One line that is overwritten on a terminal; a line every ten seconds elsewhere. */
export class ImportProgressLine {
  readonly #isTerminal = process.stderr.isTTY === true
  #shownAt = 0
  #isOpen = false

  show(so: Import): void {
    const now = Date.now()
    if (now - this.#shownAt < (this.#isTerminal ? onTerminalMs : everyMs)) return
    this.#shownAt = now
    const text = progressText(so)
    if (!this.#isTerminal) return void process.stderr.write(`${text}\n`)
    process.stderr.write(`\r\x1b[K${text}`)
    this.#isOpen = true
  }

  interrupt(text: string): void {
    this.stop()
    process.stderr.write(`${text}\n`)
  }

  stop(): void {
    if (this.#isOpen) process.stderr.write('\n')
    this.#isOpen = false
  }
}

export function progressText({ phase, progress }: Import): string {
  const { counts, expected, pagesLeft, perSecond, requests } = progress
  const parts = [`${phase}: ${counts.read} read`, `${requests} requests`]
  if (phase === 'visits' && expected > 0) parts[0] += ` of about ${expected}`
  if (perSecond > 0) parts.push(`${perSecond}/s`)
  if (phase === 'visits' && perSecond > 0) parts.push(`${duration(pagesLeft / perSecond)} left`)
  if (counts.rejected > 0) parts.push(`${counts.rejected} rejected`)
  if (counts.conflicts > 0) parts.push(countOf(counts.conflicts, 'conflict', 'conflicts'))
  return parts.join(', ')
}

export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`
  if (seconds < 90 * 60) return `${Math.ceil(seconds / 60)} min`
  return `${Math.floor(seconds / 3600)} h ${Math.ceil((seconds % 3600) / 60)} min`
}
