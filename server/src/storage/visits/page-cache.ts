import type { VisitPage } from '../../domain/visits.ts'

const usualBytesMax = 12 * 1024 * 1024
const pagesMax = 10_000

interface CachedPage extends Omit<VisitPage, 'items'> {
  /** Where its items start, counted in all bytes that were ever written to the ring. */
  readonly at: number
  readonly length: number
}

/**
 * A cache of pages, each valid for one revision of its account. The caller reads the current revision
 * first, so that a page which any process has changed is never answered. Items are stored in one ring
 * buffer: separate buffers would reach the old generation of the garbage collector before they are
 * evicted, and cost more time than reading the pages again.
 */
export class PageCache {
  /** In the order of their items in the ring. */
  readonly #pages = new Map<string, CachedPage>()
  #ring: Buffer | undefined
  /** Bytes that were ever written, or skipped at the end of the ring. */
  #end = 0
  readonly #bytesMax: number

  /** `bytesMax`: of all pages together. */
  constructor(bytesMax = usualBytesMax) {
    this.#bytesMax = bytesMax
  }

  has(name: string): boolean {
    return this.#pages.has(name)
  }

  find(name: string, revision: number): VisitPage | undefined {
    const cached = this.#pages.get(name)
    if (cached?.revision !== revision || !this.#ring) return undefined
    const { at, length, ...rest } = cached
    const start = at % this.#bytesMax
    // A copy, because the ring may be overwritten while this is sent.
    const page = { ...rest, items: Buffer.from(this.#ring.subarray(start, start + length)) }
    // A page in use stays: it is written again before the ring reaches it.
    if (at < this.#end - this.#bytesMax / 2) this.add(name, page)
    return page
  }

  add(name: string, { items, ...rest }: VisitPage): void {
    this.#pages.delete(name)
    const { length } = items
    if (length > this.#bytesMax / 2) return
    this.#ring ??= Buffer.allocUnsafeSlow(this.#bytesMax)
    const left = this.#bytesMax - (this.#end % this.#bytesMax)
    const at = length <= left ? this.#end : this.#end + left
    items.copy(this.#ring, at % this.#bytesMax)
    this.#end = at + length
    this.#pages.set(name, { ...rest, at, length })
    for (const [oldest, cached] of this.#pages) {
      if (cached.at >= this.#end - this.#bytesMax && this.#pages.size <= pagesMax) break
      this.#pages.delete(oldest)
    }
  }
}
