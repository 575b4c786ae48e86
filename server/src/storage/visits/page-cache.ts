import type { VisitPage } from '../../domain/visits.ts'

const usualBytesMax = 12 * 1024 * 1024
const pagesMax = 10_000

interface Kept extends Omit<VisitPage, 'items'> {
  readonly revision: number
  /** Where its items begin, among all that was ever written to the ring. */
  readonly at: number
  readonly length: number
}

/**
 * Pages as they were read, each valid for one revision of its account. The caller reads the present
 * revision first, so that no page is answered that any process has changed. Their items lie in one
 * ring of bytes that is written over and over: as buffers of their own, pages that come and go would
 * be old to the garbage collector by then, and cost it more time than reading them anew.
 */
export class PageCache {
  /** In the order in which they lie in the ring. */
  readonly #pages = new Map<string, Kept>()
  #ring: Buffer | undefined
  /** As many bytes were ever written, or left out at the end of the ring. */
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
    const kept = this.#pages.get(name)
    if (kept?.revision !== revision || !this.#ring) return undefined
    const { at, length, count, hasMore } = kept
    const start = at % this.#bytesMax
    // A copy, since the ring goes on being written to while this is sent.
    const page = { items: Buffer.from(this.#ring.subarray(start, start + length)), count, hasMore }
    // What is used stays: it is written again before the ring comes round to it.
    if (at < this.#end - this.#bytesMax / 2) this.keep(name, revision, page)
    return page
  }

  keep(name: string, revision: number, { items, count, hasMore }: VisitPage): void {
    this.#pages.delete(name)
    const { length } = items
    if (length > this.#bytesMax / 2) return
    this.#ring ??= Buffer.allocUnsafeSlow(this.#bytesMax)
    const left = this.#bytesMax - (this.#end % this.#bytesMax)
    const at = length <= left ? this.#end : this.#end + left
    items.copy(this.#ring, at % this.#bytesMax)
    this.#end = at + length
    this.#pages.set(name, { revision, at, length, count, hasMore })
    for (const [oldest, kept] of this.#pages) {
      if (kept.at >= this.#end - this.#bytesMax && this.#pages.size <= pagesMax) break
      this.#pages.delete(oldest)
    }
  }
}
