import { Presets, SingleBar } from 'cli-progress'

/** A bar on a terminal, and nothing elsewhere. */
export class ExportProgress implements Disposable {
  readonly #bar: SingleBar | undefined
  count = 0

  /** `total`: undefined: not known. */
  constructor(noun: string, total: number | undefined) {
    if (process.stderr.isTTY !== true) return
    const format =
      total === undefined
        ? `{value} ${noun}`
        : `{bar} {percentage}% | {value} of {total} ${noun} | {eta_formatted} left`
    this.#bar = new SingleBar({ format, etaBuffer: 100 }, Presets.shades_classic)
    this.#bar.start(Math.max(1, total ?? 1), 0)
  }

  add(count: number): void {
    this.count += count
    this.#bar?.update(this.count)
  }

  [Symbol.dispose](): void {
    this.#bar?.stop()
  }
}
