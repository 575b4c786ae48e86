import type { Key, PageStart } from './list.ts'

const listsMax = 500
const anchorsMax = 400

interface List {
  readonly revision: number
  readonly keys: Map<number, Key>
}

/**
 * Caches the first row of pages, so that a page deep in a list is found without walking to it. An
 * entry is valid for one revision of the account. The least recently used lists are evicted.
 */
export class PageAnchors {
  readonly #lists = new Map<string, List>()

  /** The nearest cached row at or before `offset`. */
  nearest(list: string, revision: number, offset: number): PageStart {
    const keys = this.#find(list, revision)?.keys
    const exact = keys?.get(offset)
    if (exact) return { key: exact, skip: 0 }
    let best = 0
    for (const known of keys?.keys() ?? []) if (known <= offset && known > best) best = known
    return { key: keys?.get(best), skip: offset - best }
  }

  add(list: string, revision: number, offset: number, key: Key): void {
    const found = this.#find(list, revision) ?? { revision, keys: new Map<number, Key>() }
    if (found.keys.size < anchorsMax) found.keys.set(offset, key)
    this.#lists.set(list, found)
    const [oldest] = this.#lists.keys()
    if (this.#lists.size > listsMax && oldest !== undefined) this.#lists.delete(oldest)
  }

  #find(list: string, revision: number): List | undefined {
    const found = this.#lists.get(list)
    if (found) this.#lists.delete(list)
    if (found?.revision !== revision) return undefined
    this.#lists.set(list, found)
    return found
  }
}
