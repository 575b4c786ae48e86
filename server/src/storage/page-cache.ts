import type { VisitPage } from '../domain/store.ts'

/** Characters of all pages together; twice as many bytes where they are not all Latin. */
const lengthMax = 12 * 1024 * 1024

interface Kept {
  readonly revision: number
  readonly page: VisitPage
}

/**
 * Pages as they were read, each valid for one revision of its account. The caller reads the present
 * revision first, so that no page is answered that any process has changed. The least recently used
 * pages are let go.
 */
export class PageCache {
  readonly #pages = new Map<string, Kept>()
  #length = 0

  has(name: string): boolean {
    return this.#pages.has(name)
  }

  find(name: string, revision: number): VisitPage | undefined {
    const kept = this.#remove(name)
    if (kept?.revision !== revision) return undefined
    this.#add(name, kept)
    return kept.page
  }

  keep(name: string, revision: number, page: VisitPage): void {
    this.#remove(name)
    this.#add(name, { revision, page })
    for (const oldest of this.#pages.keys()) {
      if (this.#length <= lengthMax) break
      this.#remove(oldest)
    }
  }

  #add(name: string, kept: Kept): void {
    this.#pages.set(name, kept)
    this.#length += kept.page.items.length
  }

  #remove(name: string): Kept | undefined {
    const kept = this.#pages.get(name)
    if (!kept) return undefined
    this.#pages.delete(name)
    this.#length -= kept.page.items.length
    return kept
  }
}
